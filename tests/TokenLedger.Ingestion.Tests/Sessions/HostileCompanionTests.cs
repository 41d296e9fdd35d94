using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.Tests.Sessions;

/// <summary>Whatever stands in a companion file, the fold ends with rows and problems.</summary>
public sealed class HostileCompanionTests
{
    private static readonly (string Path, string Text)[] Samples =
    [
        ("aw_info.json", """{"run_id":4711,"created_at":"2026-10-09T05:00Z","context":{"repo":"acme/shop","x":"m"}}"""),
        ("workflow_run.json",
            """{"schema":"tokenledger/workflow-run/v1","host":"h","repository":"acme/shop","runId":4711,"attempt":1}"""),
        ("gh-aw-run.json", """{"run_id":1,"token_usage_summary":{"by_model":{"m":{"input_tokens":10}}}}"""),
        ("agent_usage.json", """{"input_tokens":10,"output_tokens":5,"ai_credits":1.5,"primary_model":"m"}"""),
        ("tokenledger-run.json", """{"workflowPath":"a.yml","payer":"user:x"}"""),
        ("models.json",
            """{"timestamp":"t","providers":{"copilot":{"model_metadata":[{"id":"m","pricing":{"default":{}}}]}}}"""),
        ("aw_session.jsonl",
            """{"type":"session.result","data":{"totalCostUsd":1,"modelUsage":{"m":{"inputTokens":6}}}}"""),
        ("copilot-session-state/s/events.jsonl", RunFiles.Shutdown("e", "m", 5, (1, 2, 3, 4))),
        ("token-tracker-audit.jsonl", """{"ts":1791522180000,"event":"TRACK_END","rid":"a","result":"ok"}"""),
    ];

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\ud800\\u0041")]
    [InlineData("\\u0000")]
    public void A_broken_escape_in_any_name_or_text_is_no_exception(string escape)
    {
        foreach (var (path, text) in Samples)
        {
            Fold(path, Encoding.UTF8.GetBytes(text.Replace("\"m\"", $"\"{escape}\"", StringComparison.Ordinal)));
            Fold(path, Encoding.UTF8.GetBytes(text.Replace("{\"", $"{{\"{escape}\":1,\"", StringComparison.Ordinal)));
            Fold(path, Encoding.UTF8.GetBytes(text.Replace(":\"", $":\"{escape}", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Changed_bytes_are_no_exception() => Prop.ForAll(
        Gen.Choose(0, Samples.Length - 1).ToArbitrary(),
        Gen.Choose(0, 400).ArrayOf(3).ToArbitrary(),
        Gen.Choose(0, 255).ArrayOf(3).ToArbitrary(),
        (sample, places, values) =>
        {
            var bytes = Encoding.UTF8.GetBytes(Samples[sample].Text);
            for (var i = 0; i < places.Length; i++)
                bytes[places[i] % bytes.Length] = (byte)values[i];
            Fold(Samples[sample].Path, bytes);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Sessions_of_absurd_size_do_not_overflow()
    {
        const long most = 1_000_000_000_000;
        var files = new RunFiles().Add("copilot-session-state/s/events.jsonl", [.. Enumerable.Range(0, 3_000).Select(
            i => RunFiles.Shutdown(FormattableString.Invariant($"e{i}"), "m", most, (most, most, most, most)))]);
        Assert.NotEmpty(files.Fold().Attempts);
    }

    private static void Fold(string path, byte[] bytes)
    {
        var file = new EvidenceFile("1/upload/" + path, bytes.Length, () => new MemoryStream(bytes, writable: false));
        // An upload of the run's own, because changed bytes may name another run.
        var own = new EvidenceFile("1/own/aw_info.json", 2, () => new MemoryStream("{}"u8.ToArray()));
        var folded = RunFold.Fold(
            RunFiles.Run, [new ArchivedFile(1, file, "00"), new ArchivedFile(1, own, "01")], RunFiles.Book, TestContext.Current.CancellationToken);
        Assert.Single(folded.Attempts);
    }
}
