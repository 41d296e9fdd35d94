using System.Security.Cryptography;
using System.Text;
using TokenLedger.Domain.Pricing;
using TokenLedger.Ingestion.Sessions;

namespace TokenLedger.Ingestion.Evidence;

/// <summary>Folds all archived files of a run into its rows. The same files give the same rows, in any order.</summary>
public static class RunFold
{
    /// <summary>The code of an upload whose own files name another run; its source is attempt and upload.</summary>
    public const string MisplacedUpload = EvidenceCodes.MisplacedUpload;

    // Raised whenever the fold makes other rows of the same files, so that they are made again.
    private const string FoldVersion = "run-fold/5";

    /// <summary>The rows of every attempt of a run.</summary>
    /// <param name="run">The run; its attempt is not looked at.</param>
    /// <param name="files">All archived files of the run, in any order.</param>
    /// <param name="prices">Model names, and prices for telling cache conventions apart.</param>
    /// <param name="cancellation">Ends the fold between blocks.</param>
    public static FoldedRun Fold(
        RunIdentity run, IReadOnlyList<ArchivedFile> files, PriceBook prices, CancellationToken cancellation)
    {
        var problems = new List<InputProblem>();
        var own = OwnFiles(run, files, problems);
        var reading = RunReading.Of(run, own, prices, cancellation);
        problems.AddRange(reading.Problems);
        // What an earlier look met is told again by the look that counts, where it is still so.
        problems.AddRange(reading.Collections
            .GroupBy(pair => pair.File.Attempt)
            .SelectMany(look => look.Where(pair => pair.Facts.State == look.Max(other => other.Facts.State)))
            .SelectMany(pair => pair.Facts.Problems)
            .Distinct());
        var fold = new AttemptFold(RunNaming.Of(run, reading), reading, prices);
        var attempts = own.Select(file => file.Attempt).Distinct().Order().Select(fold.Of).ToList();
        return new FoldedRun(
            run.Host, run.RunId, InputHashOf(files, prices), attempts, reading.Lines,
            [.. problems.OrderBy(problem => problem.Source, StringComparer.Ordinal)
                .ThenBy(problem => problem.Line ?? 0)
                .ThenBy(problem => problem.Code, StringComparer.Ordinal)]);
    }

    /// <summary>
    /// The hash that <see cref="FoldedRun.InputHash"/> will have, without reading the files. Waits for their hashes.
    /// </summary>
    public static string InputHashOf(IReadOnlyList<ArchivedFile> files, PriceBook prices)
    {
        var text = new StringBuilder().Append(FoldVersion).Append('\n').Append(prices.Hash).Append('\n');
        foreach (var file in files
            .OrderBy(file => file.File.Path, StringComparer.Ordinal)
            .ThenBy(file => file.Sha256, StringComparer.Ordinal))
            text.Append(file.File.Path).Append('\0').Append(file.Sha256).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>The files that count, in the order in which they are read.</summary>
    internal static IReadOnlyList<RunFile> OwnFiles(
        RunIdentity run, IReadOnlyList<ArchivedFile> files, List<InputProblem> problems)
    {
        var ordered = files
            .Select(file => RunFile.Of(file, KindOf(file, problems)))
            .OrderBy(file => file.Authority)
            .ThenBy(file => file.Path, StringComparer.Ordinal)
            .ToList();
        return MisplacedUploads.LeaveOut(run, ordered, problems.Add);
    }

    private static EvidenceKind KindOf(ArchivedFile file, List<InputProblem> problems)
    {
        try
        {
            return EvidenceRecognition.KindOf(file.File);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            problems.Add(new InputProblem(file.File.Path, null, EvidenceCodes.Unreadable,
                "The archived file cannot be read; ingest the run again."));
            return EvidenceKind.None;
        }
    }
}
