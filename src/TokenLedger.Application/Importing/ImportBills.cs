using TokenLedger.Application.Ingesting;
using TokenLedger.Application.Ports;
using TokenLedger.Domain;
using TokenLedger.Domain.Pricing;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.Billing;

namespace TokenLedger.Application.Importing;

/// <summary>Takes bills: keep the raw file, read it, store each day as one look.</summary>
public sealed class ImportBills(ILedgerStore store, ILogArchive archive, ModelNames names)
{
    // The reader holds a bill in memory; a month of a large enterprise is about a tenth of this.
    private const long BillBytesMax = 512L * 1024 * 1024;

    // A year of daily answers for 27 users; a wrong folder ends here.
    internal const int FilesMax = 10_000;

    private readonly TakeBill take = new(store, archive, names);
    private readonly List<InputProblem> problems = [];
    private readonly List<Notice> notices = [];
    private readonly SortedSet<DateOnly> days = [];

    /// <summary>Takes bill files, and the CSV and JSON files of folders.</summary>
    /// <param name="paths">Existing files and folders.</param>
    /// <param name="hints">What flags say of the bills.</param>
    /// <param name="observedAt">When the bills were read from the provider, UTC.</param>
    /// <param name="progress">Told of every file; null for silence.</param>
    /// <param name="cancellation">Ends between files and days.</param>
    public async Task<ImportOutcome> ExecuteAsync(
        IReadOnlyList<string> paths,
        BillHints hints,
        DateTimeOffset observedAt,
        IProgress<IngestProgress>? progress,
        CancellationToken cancellation)
    {
        var files = paths.SelectMany(path => BillPaths.FilesOf(path, problems)).Take(FilesMax + 1).ToList();
        if (files.Count > FilesMax)
        {
            problems.Add(new InputProblem(
                paths[^1], null,
                IngestProblems.TooManyBills, "More than 10000 bill files: import the folder in parts."));
            files.RemoveAt(FilesMax);
        }

        var imported = new List<ImportedBill>();
        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new IngestProgress("importing bills", imported.Count, files.Count));
            if (await ImportAsync(file, hints, observedAt, cancellation) is { } bill)
                imported.Add(bill);
        }

        return new ImportOutcome(imported, problems, notices) { Days = [.. days] };
    }

    private async Task<ImportedBill?> ImportAsync(
        string path, BillHints hints, DateTimeOffset observedAt, CancellationToken cancellation)
    {
        if (await ReadAsync(path, cancellation) is not { } content)
            return null;
        var name = Path.GetFileName(path);
        var (bill, stored) = await take.ExecuteAsync(name, content, hints, observedAt, cancellation);
        problems.AddRange(bill.Problems);
        notices.AddRange(bill.Notices);
        days.UnionWith(bill.Days.Select(day => day.Day));
        return Describe(path, bill, stored);
    }

    private async Task<byte[]?> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            if (!RegularFile.Is(path))
            {
                problems.Add(new InputProblem(
                    path, null, IngestProblems.NoFile, "This is no file but a pipe or device: import a file."));
                return null;
            }

            if (new FileInfo(path).Length <= BillBytesMax)
                return await File.ReadAllBytesAsync(path, cancellation);
            problems.Add(new InputProblem(
                path, null, IngestProblems.BillTooLarge, "The bill is over 512 MiB: export a shorter period."));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problems.Add(new InputProblem(
                path, null, IngestProblems.Unreadable,
                $"The bill cannot be read ({failure.Message}) Check its permissions."));
        }

        return null;
    }

    private static ImportedBill Describe(string path, BillFile bill, int stored) => new(
        path,
        bill.Format,
        [.. bill.Days.Select(day => day.Account.Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        bill.Rows,
        stored,
        bill.Days.Count - stored,
        bill.Days.Count == 0 ? null : bill.Days.Min(day => day.Day),
        bill.Days.Count == 0 ? null : bill.Days.Max(day => day.Day),
        bill.Days.SelectMany(day => day.Charges)
            .Aggregate(0L, (sum, charge) => checked(sum + charge.GrossNanoCredits)));
}
