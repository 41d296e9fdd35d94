using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.Prices;

namespace TokenLedger.Ingestion.Tests.Sessions;

/// <summary>An archive of one run in memory, and short ways to write the records in it.</summary>
public sealed class RunFiles
{
    public static readonly PriceBook Book = PriceBookReader.Shipped();

    public static readonly RunIdentity Run = new("github.com", "acme", "shop", 4711, 1);

    private readonly List<ArchivedFile> files = [];

    public IReadOnlyList<ArchivedFile> All => files;

    /// <summary>Adds a file; each argument is one line of it, however it is broken in the test.</summary>
    public RunFiles Add(string path, params string[] lines) => AddTo(1, path, lines);

    public RunFiles AddTo(int attempt, string path, params string[] lines) =>
        AddUpload(attempt, "upload", path, lines);

    public RunFiles AddUpload(int attempt, string upload, string path, params string[] lines)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line.ReplaceLineEndings("") + "\n")));
        var inArchive = string.Create(CultureInfo.InvariantCulture, $"{attempt}/{upload}/{path}");
        files.Add(new ArchivedFile(
            attempt,
            new EvidenceFile(inArchive, bytes.Length, () => new MemoryStream(bytes, writable: false)),
            Convert.ToHexStringLower(SHA256.HashData(bytes))));
        return this;
    }

    public RunFiles AddArchived(ArchivedFile file)
    {
        files.Add(file);
        return this;
    }

    public FoldedRun Fold() => RunFold.Fold(Run, files, Book, TestContext.Current.CancellationToken);

    public FoldedRun FoldReversed() => RunFold.Fold(
        Run, [.. Enumerable.Reverse(files)], Book, TestContext.Current.CancellationToken);

    public LedgerRun FoldOne() => Assert.Single(Fold().Attempts);

    public static decimal Estimated(LedgerRun run) =>
        run.Slices.Sum(slice => Book.EstimateOf(slice).AiCredits!.Value.Total);

    /// <summary>A usage record; counts are input, output, cache read, cache write.</summary>
    public static string Usage(
        string id, string model, string path, (long Input, long Output, long Read, long Write) tokens,
        string? credits = null, string purpose = "", string time = "2026-10-09T05:03:06.883Z")
    {
        var price = credits is null ? "" : $",\"ai_credits_this_response\":{credits}";
        return string.Create(CultureInfo.InvariantCulture,
            $$"""
            {"_schema":"token-usage/v0.28.50","timestamp":"{{time}}","event":"token_usage","request_id":"{{id}}",
            "purpose":"{{purpose}}","provider":"copilot","model":"{{model}}","path":"{{path}}","status":200,
            "streaming":true,"input_tokens":{{tokens.Input}},"output_tokens":{{tokens.Output}},
            "cache_read_tokens":{{tokens.Read}},"cache_write_tokens":{{tokens.Write}},"duration_ms":100{{price}}}
            """);
    }

    /// <summary>The end of a Copilot session with one model.</summary>
    public static string Shutdown(
        string id, string model, long nanoAiu, (long Input, long Output, long Read, long Write) tokens)
    {
        var details = Details(tokens);
        var metrics = $$"""{"requests":{"count":4},"totalNanoAiu":{{Text(nanoAiu)}},"tokenDetails":{{details}}""" + "}";
        return $$"""{"type":"session.shutdown","id":"{{id}}","timestamp":"2026-10-09T05:03:40.000Z","data":"""
            + $$"""{"totalNanoAiu":{{Text(nanoAiu)}},"tokenDetails":{{details}},"""
            + $$""" "modelMetrics":{"{{model}}":{{metrics}}"""
            + "}}}";
    }

    private static string Details((long Input, long Output, long Read, long Write) tokens) =>
        $$"""{"input":{{Count(tokens.Input)}},"cache_read":{{Count(tokens.Read)}},"""
        + "\"cache_write\":" + Count(tokens.Write) + ",\"output\":" + Count(tokens.Output) + "}";

    private static string Count(long tokens) => "{\"tokenCount\":" + Text(tokens) + "}";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
