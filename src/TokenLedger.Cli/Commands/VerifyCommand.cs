using System.CommandLine;
using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Reports;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger verify</c>.</summary>
internal static class VerifyCommand
{
    public const string Example = "tokenledger verify september.json";

    // A million runs make about a third of this.
    private const long ArtifactBytesMax = 2_000_000_000;

    private static readonly Argument<string> FilePath = new("FILE") { Description = "An artifact of reconcile." };

    public static Command Create(CliHost host) =>
        new Command("verify", "Prove from an artifact alone that every sum holds.") { FilePath }.Bind(
            host, ExecuteAsync);

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var path = context.Parse.GetRequiredValue(FilePath);
        await using var stream = InputPaths.OpenRead(path);
        if (stream.Length > ArtifactBytesMax)
            throw CommandFailedException.WrongUsage($"{path} is over 2 GB: reconcile a shorter period.");
        var content = new byte[stream.Length];
        await stream.ReadExactlyAsync(content, context.Cancellation);
        VerificationResult result;
        try
        {
            result = VerifyArtifact.Execute(content);
        }
        catch (InvalidDataException failure)
        {
            throw CommandFailedException.WrongUsage($"{path} is no artifact of reconcile: {failure.Message}.");
        }

        var table = TableOf(path, result, result.Document);
        context.Results.Tables("tokenledger/verification/v1", table, [table]);
        return result.Problems.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static Table TableOf(string path, VerificationResult result, ReconciliationDocument document) => new(
        result.Problems.Count == 0
            ? FormattableString.Invariant(
                $"{path} holds: {document.Charges.Count} charges, {document.Runs.Count} runs, every sum exact.")
            : FormattableString.Invariant($"{path} does not hold: {result.Problems.Count} sums fail."),
        [new("problem", "Problem")],
        [.. result.Problems.Select(problem => (IReadOnlyList<Cell>)[problem])]);
}
