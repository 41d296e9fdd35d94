using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.Prices;

namespace TokenLedger.Golden.Tests;

/// <summary>The archived files of one run, in memory, and the fold over them.</summary>
internal sealed class GoldenRun(PriceBook prices, long runId = 4711, string repository = "web")
{
    public static readonly PriceBook ShippedPrices = PriceBookReader.Shipped();

    private readonly List<ArchivedFile> files = [];

    public PriceBook Prices => prices;

    /// <summary>The slices of a run whose proxy wrote these lines.</summary>
    public static IReadOnlyList<UsageSlice> SlicesOf(PriceBook prices, params string[] lines) =>
        new GoldenRun(prices).Add("agent/token_usage.jsonl", lines).FoldOne().Slices;

    /// <summary>The one slice of a run whose proxy wrote these lines.</summary>
    public static UsageSlice SliceOf(PriceBook prices, params string[] lines) => Assert.Single(SlicesOf(prices, lines));

    public GoldenRun Add(string path, params string[] lines) => AddTo("upload", path, lines);

    public GoldenRun AddTo(string upload, string path, params string[] lines)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
        files.Add(new ArchivedFile(
            1,
            new EvidenceFile($"1/{upload}/{path}", bytes.Length, () => new MemoryStream(bytes, writable: false)),
            Convert.ToHexStringLower(SHA256.HashData(bytes))));
        return this;
    }

    /// <summary>Adds the run's own record, with further fields as they stand.</summary>
    public GoldenRun Info(string more = "\"actor\":\"alice\"") => Add(
        "aw_info.json",
        "{\"run_id\":" + runId.ToString(CultureInfo.InvariantCulture) + ",\"repository\":\"acme/" + repository + "\","
            + "\"engine_id\":\"copilot\",\"created_at\":\"2026-11-03T09:00:00Z\",\"workflow_name\":\"Triage\","
            + "\"workflow_path\":\".github/workflows/triage.lock.yml\"," + more + "}");

    /// <summary>Adds what flags say of the payer.</summary>
    public GoldenRun PaidBy(Payer payer)
    {
        using var hints = new StreamReader(RunHintsFile.Create(new IdentityHints { Payer = payer })!.OpenRead());
        return Add(RunHintsFile.FileName, hints.ReadToEnd());
    }

    public FoldedRun Fold() => RunFold.Fold(
        new RunIdentity(RunKey.PublicHost, "acme", repository, runId, 1), files, prices,
        TestContext.Current.CancellationToken);

    public LedgerRun FoldOne() => Assert.Single(Fold().Attempts);
}
