using System.Text;
using TokenLedger.Domain.Outcomes;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.Outcomes;

namespace TokenLedger.Ingestion.Tests.Outcomes;

public sealed class RunWorkReaderTests
{
    private static readonly RunIdentity Run = new("github.com", "acme", "webshop", 7, 1);

    [Fact]
    public void Both_files_and_the_branch_are_read_and_one_output_is_linked_once()
    {
        var work = Read(
            File("1/agent/activity/summary.json",
                """
                {"schema":"usage-activity-summary/v1","safe_outputs":{"total_items":2,"items":[
                {"type":"create_pull_request","url":"https://github.com/acme/webshop/pull/12","number":12},
                {"type":"create_issue","url":"https://github.com/acme/other/issues/3"}]}}
                """),
            File("1/agent/safe-output-items.jsonl",
                """
                {"type":"create_pull_request","url":"https://github.com/acme/webshop/pull/12","number":12}
                {"type":"add_comment","url":"https://github.com/acme/webshop/issues/9#issuecomment-1"}
                {"type":"create_pull_request","number":5,"url":"https://github.com/acme/webshop/pull/6"}
                not json
                """),
            File("1/github/workflow_run.json",
                """
                {"schema":"tokenledger/workflow-run/v1","host":"github.com","repository":"acme/webshop","runId":7,
                "attempt":1,"headBranch":"copilot/fix-1"}
                """));

        Assert.Equal(
            [
                "github.com/acme/other#3 Issue Created ActivitySummary",
                "github.com/acme/webshop#9 Issue Commented SafeOutputs",
                "github.com/acme/webshop#12 PullRequest Created SafeOutputs",
            ],
            work.Links.Select(link => $"{link.Subject} {link.Kind} {link.Relation} {link.Source}"));
        Assert.Equal([UnlinkedReason.Contradiction], work.Unlinked);
        Assert.Equal("copilot/fix-1", work.HeadBranch);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"safe_outputs\":[]}")]
    [InlineData("{\"safe_outputs\":{\"items\":[1,null,{\"type\":7},{\"type\":\"create_issue\",\"url\":\"file:///x\"}]}}")]
    public void Files_of_other_forms_link_nothing(string content) =>
        Assert.Empty(Read(File("1/agent/activity/summary.json", content)).Links);

    private static RunWork Read(params ArchivedFile[] files) => Assert.Single(RunWorkReader.Read(
        Run, files, [new RunFacts(new RunKey("github.com", 7, 1), "acme", "acme/webshop")],
        TestContext.Current.CancellationToken));

    private static ArchivedFile File(string path, string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        return new ArchivedFile(1, new EvidenceFile(path, bytes.Length, () => new MemoryStream(bytes)), path);
    }
}
