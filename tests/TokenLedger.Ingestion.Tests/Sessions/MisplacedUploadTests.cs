using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.Tests.Sessions;

public sealed class MisplacedUploadTests
{
    private static string Record(string id) =>
        RunFiles.Usage(id, "claude-sonnet-5", "/v1/messages", (10, 20, 0, 0));

    private static RunFiles With(string upload, string info) => new RunFiles()
        .AddUpload(1, "right", "aw_info.json", """{"run_id":4711,"repository":"acme/shop","repository_id":77}""")
        .AddUpload(1, "right", "token-usage.jsonl", Record("r-1"))
        .AddUpload(1, upload, "aw_info.json", info)
        .AddUpload(1, upload, "deep/er/token-usage.jsonl", Record("r-2"));

    private static long RequestsOf(FoldedRun folded) =>
        folded.Attempts.SelectMany(attempt => attempt.Slices).Sum(slice => slice.Requests);

    [Theory]
    [InlineData("""{"run_id":4712}""")]
    [InlineData("""{"run_id":"4712","repository":"acme/shop"}""")]
    [InlineData("""{"run_id":4711,"repository":"acme/other"}""")]
    [InlineData("""{"repository":"evil/shop"}""")]
    [InlineData("""{"repository":"shop"}""")]
    [InlineData("""{"run_id":4711,"repository":"acme/shop","repository_id":78}""")]
    [InlineData("""{"context":{"run_id":1}}""")]
    public void An_upload_that_names_another_run_or_repository_is_left_out_whole(string info)
    {
        foreach (var upload in (string[])["wrong", "wrong.zip"])
        {
            var folded = With(upload, info).Fold();
            Assert.Equal(1, RequestsOf(folded));
            var problem = Assert.Single(folded.Problems);
            Assert.Equal(($"1/{upload}", "TL0405"), (problem.Source, problem.Code));
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"run_id":4711}""")]
    [InlineData("""{"run_id":4711,"repository":"ACME/Shop"}""")]
    [InlineData("""{"run_id":4711,"repository":"acme/renamed","repository_id":77}""")]
    public void An_upload_that_contradicts_nothing_counts(string info)
    {
        var folded = With("other", info).Fold();
        Assert.Equal(2, RequestsOf(folded));
        Assert.DoesNotContain(folded.Problems, problem => problem.Code == "TL0405");
    }

    [Fact]
    public void The_order_of_the_files_changes_nothing()
    {
        foreach (var info in (string[])["""{"run_id":4712}""", """{"repository":"acme/renamed","repository_id":77}"""])
        {
            var files = With("a", info).AddUpload(1, "z", "aw_info.json", """{"repository":"Acme/SHOP","repository_id":5}""");
            var forward = files.Fold();
            var backward = files.FoldReversed();
            Assert.Equal(forward.Attempts.Select(Shown), backward.Attempts.Select(Shown));
            Assert.Equal(forward.Problems, backward.Problems);
            Assert.Equal(forward.InputHash, backward.InputHash);
        }
    }

    [Fact]
    public void GitHubs_own_word_decides_which_id_goes_with_the_name()
    {
        var facts = WorkflowRunFile.Create(new WorkflowRunFacts(RunFiles.Run with { RepositoryId = 77 }));
        using var text = new StreamReader(facts.OpenRead());
        var folded = new RunFiles()
            .AddUpload(1, "a", "aw_info.json", """{"run_id":4711,"repository":"acme/shop","repository_id":78}""")
            .AddUpload(1, "github", WorkflowRunFile.FileName, text.ReadToEnd())
            .Fold();
        Assert.Equal("1/a", Assert.Single(folded.Problems).Source);
        Assert.Equal(77, Assert.Single(folded.Attempts).Facts.RepositoryId);
    }

    [Fact]
    public void An_attempt_known_only_by_another_runs_upload_is_no_attempt()
    {
        var folded = With("right", "{}").AddUpload(2, "wrong", "aw_info.json", """{"run_id":4712}""").Fold();
        Assert.Equal(1, Assert.Single(folded.Attempts).Facts.Key.Attempt);
    }

    private static string Shown(Domain.Usage.LedgerRun run) =>
        run.Facts + string.Join('\n', run.Slices) + string.Join('\n', run.Warnings);
}
