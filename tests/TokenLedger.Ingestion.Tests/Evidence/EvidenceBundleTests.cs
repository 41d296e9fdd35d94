using System.Text;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.Tests.Evidence;

public sealed class EvidenceBundleTests : IDisposable
{
    private const string Record =
        """{"timestamp":"2026-04-01T10:00:00Z","provider":"anthropic","input_tokens":3,"output_tokens":4}""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_is_recognised_by_its_content_where_its_name_tells_nothing()
    {
        var bundle = Assert.Single(EvidenceBundles.Open(folder.Write("old/early-record.jsonl", "\n" + Record + "\n")));
        Assert.Equal("early-record.jsonl", Assert.Single(bundle.Files).Path);
        Assert.Equal("old", bundle.UploadName);
        Assert.Empty(bundle.Problems);
    }

    [Theory]
    [InlineData("sandbox/firewall/logs/api-proxy-logs/token-usage.jsonl", "")]
    [InlineData("agent/token_usage.jsonl", "")]
    [InlineData("abc123-usage/aw_info.json", "{}")]
    [InlineData("agent_usage.json", "{}")]
    [InlineData("activity/summary.json", "{}")]
    [InlineData("aw_session.jsonl", "")]
    [InlineData("logs/copilot-session-state/one/events.jsonl", "")]
    [InlineData("other/events.jsonl", """{"type":"session.start","data":{}}""")]
    [InlineData("claude.jsonl", """{"type":"result","total_cost_usd":0.5}""")]
    [InlineData("token-tracker-audit.jsonl", "")]
    [InlineData("api-proxy-logs/models.json", """{"timestamp":"2026-10-09T00:00:00Z","providers":{}}""")]
    [InlineData("run_summary.json", "{}")]
    [InlineData("model-routing.jsonl", "")]
    [InlineData("tokenledger-run.json", "{}")]
    public void A_file_of_a_run_is_taken(string path, string text)
    {
        folder.Write(path, text);
        Assert.Single(Assert.Single(EvidenceBundles.Open(folder.Path)).Files);
    }

    [Theory]
    [InlineData("blocked-request-diag.jsonl", Record)]
    [InlineData("aw-prompts/prompt.txt", "do the work")]
    [InlineData("prompt.jsonl", Record)]
    [InlineData("activity.json", """{"input_tokens":1}""")]
    [InlineData("notes.jsonl", """{"type":"user.message","data":{"text":"hello"}}""")]
    [InlineData("summary.json", "{}")]
    [InlineData("README.md", "# hello")]
    [InlineData("broken.json", "{\"runs\":")]
    public void A_file_that_is_no_evidence_is_left_alone(string path, string text)
    {
        folder.Write(path, text);
        var bundle = Assert.Single(EvidenceBundles.Open(folder.Path));
        Assert.Empty(bundle.Files);
        Assert.Equal("TL0304", Assert.Single(bundle.Problems).Code);
    }

    [Fact]
    public void Of_a_transcript_only_the_figures_of_its_results_are_taken()
    {
        folder.Write("stream.jsonl",
            """
            {"type":"system","subtype":"init","session_id":"s"}
            {"type":"user","session_id":"s","message":"a secret prompt"}
            {"type":"result","session_id":"s","result":"a secret answer","total_cost_usd":0.5,"usage":{}}
            """);
        var text = TextOf(Assert.Single(Assert.Single(EvidenceBundles.Open(folder.Path)).Files));
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.Contains("\"total_cost_usd\":0.5", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_named_by_run_are_bundles_of_their_own()
    {
        folder.Write("logs/run-11/agent/token_usage.jsonl", Record);
        folder.Write("logs/run-11/aw_info.json", "{}");
        folder.Write("logs/run-12/detection/token_usage.jsonl", Record);
        var bundles = EvidenceBundles.Open(folder.Path).ToList();
        Assert.Equal("run-11 run-12", string.Join(' ', bundles.Select(bundle => bundle.UploadName)));
        Assert.Equal("agent/token_usage.jsonl aw_info.json", PathsOf(bundles[0]));
        Assert.Equal("detection/token_usage.jsonl", Assert.Single(bundles[1].Files).Path);
    }

    [Fact]
    public void A_folder_of_the_archives_shape_is_one_bundle_an_attempt()
    {
        folder.Write("github.com/acme/shop/4711/1/usage/agent/token_usage.jsonl", Record);
        folder.Write("github.com/acme/shop/4711/2/usage/agent/token_usage.jsonl", Record);
        var bundles = EvidenceBundles.Open(folder.Path).ToList();
        Assert.Equal([1, 2], bundles.Select(bundle =>
            RunIdentification.Identify(bundle, new IdentityHints()).Identity!.Attempt));
        Assert.Equal("acme/shop", RunIdentification.Identify(bundles[0], new IdentityHints()).Identity!.Repository);
    }

    [Fact]
    public void Artifacts_of_one_run_side_by_side_are_one_bundle()
    {
        folder.Write("mine/agent/aw_info.json", """{"run_id":5,"repository":"a/b"}""");
        folder.Write("mine/usage/aw_info.json", """{"run_id":"5","repository":"a/b"}""");
        folder.Write("mine/usage/agent/token_usage.jsonl", Record);
        folder.Write("mine/other/token-usage.jsonl", Record);
        Assert.Equal(4, Assert.Single(EvidenceBundles.Open(folder.Path)).Files.Count);
    }

    [Fact]
    public void Runs_side_by_side_stay_apart()
    {
        folder.Write("one/aw_info.json", """{"run_id":5,"repository":"a/b"}""");
        folder.Write("two/aw_info.json", """{"run_id":6,"repository":"a/b"}""");
        folder.Write("two/usage/token_usage.jsonl", Record);
        Assert.Equal([1, 2], EvidenceBundles.Open(folder.Path).Select(bundle => bundle.Files.Count));
    }

    [Fact]
    public void A_zip_is_read_like_a_folder_also_inside_one()
    {
        folder.Zip("run-7/usage.zip", ("agent/token_usage.jsonl", Record), ("aw_info.json", "{}"), ("x.txt", "no"));
        folder.Write("run-7/agent_usage.json", "{}");
        var bundle = Assert.Single(EvidenceBundles.Open(folder.Path));
        Assert.Equal("agent_usage.json usage.zip/agent/token_usage.jsonl usage.zip/aw_info.json", PathsOf(bundle));
        Assert.Equal(Record, TextOf(bundle.Files[1]));
        Assert.Equal(Record, TextOf(bundle.Files[1]));
    }

    [Fact]
    public void A_zip_that_is_named_itself_gives_paths_from_its_own_root()
    {
        var path = folder.Zip("deadbeef-usage.zip", ("agent/token_usage.jsonl", Record));
        var bundle = Assert.Single(EvidenceBundles.Open(path));
        Assert.Equal("agent/token_usage.jsonl", Assert.Single(bundle.Files).Path);
        Assert.Equal("deadbeef-usage", bundle.UploadName);
    }

    [Fact]
    public void A_link_is_not_followed_so_a_cycle_ends()
    {
        folder.Write("token-usage.jsonl", Record);
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "again"), folder.Path);
        var bundles = EvidenceBundles.Open(folder.Path).ToList();
        Assert.Single(bundles[0].Files);
        Assert.Equal("TL0303", Assert.Single(bundles[1].Problems).Code);
    }

    [Fact]
    public void A_path_that_is_not_there_is_a_problem_and_no_exception()
    {
        var bundle = Assert.Single(EvidenceBundles.Open(Path.Combine(folder.Path, "nowhere")));
        Assert.Equal("TL0301", Assert.Single(bundle.Problems).Code);
    }

    [Fact]
    public void A_very_deep_tree_is_cut_and_said_to_be()
    {
        folder.Write(string.Join('/', Enumerable.Repeat("d", 70)) + "/token-usage.jsonl", Record);
        var bundle = Assert.Single(EvidenceBundles.Open(folder.Path));
        Assert.Equal("TL0305", Assert.Single(bundle.Problems).Code);
    }

    [Theory]
    [InlineData("run_id", "")]
    [InlineData("database_id", ",\"estimated_cost\":1.5")]
    public void An_answer_of_gh_aw_logs_is_one_bundle_a_run(string idField, string more)
    {
        var runs = string.Join(',', new[] { "21", "22" }.Select(id =>
            $$"""
            {"{{idField}}":{{id}},"url":"https://ghe.example.com/acme/shop/actions/runs/{{id}}",
            "run_attempt":"2"{{more}}}
            """));
        var path = folder.Write("answer.json", $$"""{"summary":{"total_runs":2},"runs":[{{runs}}]}""");
        var bundles = EvidenceBundles.Open(path).ToList();
        Assert.Equal(2, bundles.Count);
        Assert.All(bundles, bundle => Assert.Equal("gh-aw-run.json", Assert.Single(bundle.Files).Path));
        var identity = RunIdentification.Identify(bundles[1], new IdentityHints()).Identity;
        Assert.Equal(new RunIdentity("ghe.example.com", "acme", "shop", 22, 2), identity);
    }

    [Fact]
    public void A_run_without_an_id_is_left_out_and_the_others_are_taken()
    {
        var path = folder.Write("answer.json", """{"summary":{},"runs":[{"url":"x"},{"run_id":3}]}""");
        var bundles = EvidenceBundles.Open(path).ToList();
        Assert.Single(bundles[0].Files);
        Assert.Equal("TL0322", Assert.Single(bundles[1].Problems).Code);
    }

    [Fact]
    public void An_answer_of_gh_aw_audit_is_one_run()
    {
        var path = folder.Write("audit.json",
            """
            {"overview":{"run_id":9,"url":"https://github.com/a/b/actions/runs/9"},"metrics":{"aic":2},"jobs":[]}
            """);
        var bundle = Assert.Single(EvidenceBundles.Open(path));
        Assert.Equal(9, RunIdentification.Identify(bundle, new IdentityHints()).Identity!.RunId);
        Assert.DoesNotContain("jobs", TextOf(bundle.Files[0]), StringComparison.Ordinal);
    }

    private static string PathsOf(EvidenceBundle bundle) => string.Join(' ', bundle.Files.Select(file => file.Path));

    private static string TextOf(EvidenceFile file)
    {
        using var reader = new StreamReader(file.OpenRead(), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
