using System.Text;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.Tests.Sessions;

namespace TokenLedger.Ingestion.Tests.Evidence;

public sealed class CollectionFileTests
{
    private static readonly CollectionFacts Facts =
        new(new RunIdentity("github.com", "acme", "shop", 4711, 1), CollectionState.TelemetryExpired)
        {
            ActionsMinutes = 12,
            Problems = [new InputProblem("agent \"x\"", null, "TL0412", "It had expired.")],
        };

    private static string Text(EvidenceFile file)
    {
        using var reader = new StreamReader(file.OpenRead());
        return reader.ReadToEnd();
    }

    private static EvidenceFile File(string content, string path = "1/github/collection.json")
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        return new EvidenceFile(path, bytes.Length, () => new MemoryStream(bytes));
    }

    private static string With(CollectionState state, long? minutes = null) =>
        Text(CollectionFile.Create(new CollectionFacts(RunFiles.Run, state) { ActionsMinutes = minutes }));

    [Fact]
    public void Its_bytes_are_these() => Assert.Equal(
        """
        {"schema":"tokenledger/collection/v1","host":"github.com","repository":"acme/shop","runId":4711,"attempt":1,
        "state":"telemetry-expired","actionsMinutes":12,
        "problems":[{"source":"agent \u0022x\u0022","code":"TL0412","message":"It had expired."}]}
        """.ReplaceLineEndings(""),
        Text(CollectionFile.Create(Facts)));

    [Theory]
    [InlineData(CollectionState.Refused)]
    [InlineData(CollectionState.NoTelemetry)]
    [InlineData(CollectionState.TelemetryExpired)]
    [InlineData(CollectionState.Collected)]
    public void What_is_written_is_read_again(CollectionState state)
    {
        var read = CollectionFile.Read(
            CollectionFile.Create(Facts with { State = state }), problem => Assert.Fail(problem.Message))!;
        Assert.Equal(
            (Facts.Run, state, Facts.ActionsMinutes, Assert.Single(Facts.Problems)),
            (read.Run, read.State, read.ActionsMinutes, Assert.Single(read.Problems)));
    }

    [Theory]
    [InlineData("\"state\":\"telemetry-expired\"", "\"state\":\"perhaps\"")]
    [InlineData("\"runId\":4711", "\"runId\":0")]
    [InlineData("\"repository\":\"acme/shop\"", "\"repository\":\"acme\"")]
    public void A_file_that_names_no_run_or_outcome_is_told(string member, string replacement)
    {
        var problems = new List<InputProblem>();
        var text = Text(CollectionFile.Create(Facts));
        Assert.Contains(member, text, StringComparison.Ordinal);
        Assert.Null(CollectionFile.Read(
            File(text.Replace(member, replacement, StringComparison.Ordinal)), problems.Add));
        Assert.Single(problems);
    }

    [Theory]
    [InlineData("{\"schema\":\"tokenledger/collection/v2\"}")]
    [InlineData("{\"artifacts\":[]}")]
    [InlineData("[]")]
    public void Other_files_of_the_name_are_others(string content) =>
        Assert.NotEqual(EvidenceKind.Collection, EvidenceRecognition.KindOf(File(content, "collection.json")));

    [Fact]
    public void The_best_outcome_counts_in_any_order_with_its_own_problems()
    {
        var files = new RunFiles()
            .AddUpload(1, "github", "collection.json", With(CollectionState.Refused))
            .AddUpload(1, "github~2", "collection.json", With(CollectionState.Collected, 5))
            .AddUpload(1, "github~3", "collection.json", Text(CollectionFile.Create(Facts)));

        foreach (var folded in new[] { files.Fold(), files.FoldReversed() })
        {
            var facts = Assert.Single(folded.Attempts).Facts;
            Assert.Equal((CollectionState.Collected, 12L), (facts.Collection, facts.ActionsMinutes));
            Assert.Empty(folded.Problems);
        }
    }

    [Fact]
    public void What_it_says_of_one_attempt_is_nothing_of_another()
    {
        var facts = new RunFiles()
            .AddUpload(1, "copied", "collection.json", Text(CollectionFile.Create(
                Facts with { Run = Facts.Run with { Attempt = 2 } })))
            .AddUpload(1, "agent", "aw_info.json", """{"run_id":4711}""")
            .FoldOne().Facts;
        Assert.Null(facts.Collection);
    }
}
