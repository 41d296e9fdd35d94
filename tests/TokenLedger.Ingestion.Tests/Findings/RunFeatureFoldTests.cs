using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Findings;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Features;
using TokenLedger.Ingestion.Tests.Sessions;

namespace TokenLedger.Ingestion.Tests.Findings;

public sealed class RunFeatureFoldTests
{
    private static readonly DateTimeOffset Start = new(2026, 9, 14, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Prompts_their_growth_and_their_caches_are_told_of_the_main_agent_alone()
    {
        var story = Story();
        for (var i = 1; i <= 8; i++)
            story.Ask(4, 100, read: i * 10_000);
        story.Ask(4, 100, write: 90_000).Ask(4, 100, write: 95_000).Ask(4, 100, read: 95_000);
        story.Ask(900_000, 100, purpose: "subagent").Ask(800_000, 100, phase: Phase.Detection);

        var features = Features(story);

        Assert.Equal(13, features.Requests);
        Assert.Equal((10_004, 95_004, 95_004), (features.FirstInputTokens, features.LastInputTokens, features.LargestInputTokens));
        Assert.Equal(95_004m / 10_004m, features.ContextGrowth);
        Assert.Equal(2, features.LongestCacheMissStreak);
        Assert.Equal(1, features.SubAgentRequests);
    }

    [Fact]
    public void Parts_of_the_money_are_those_of_the_slices()
    {
        var features = Features(Story()
            .Ask(1_000_000, 0)
            .Ask(500_000, 0, purpose: "subagent")
            .Ask(500_000, 0, phase: Phase.Detection));

        Assert.Equal(0.25m, features.SubAgentShare);
        Assert.Equal(0.25m, features.DetectionShare);
        Assert.Equal(features.EstimatedNanoCredits, features.InputNanoCredits);
        Assert.Equal(features.EstimatedNanoCredits, features.DetectionNanoCredits * 4);
        // Sonnet 5 through Copilot: 2 USD a million of input, in AI credits of a cent.
        Assert.Equal(400 * AiCredits.NanoCreditsPerCredit, features.EstimatedNanoCredits);
        Assert.Equal(0m, features.CacheReadShare);
    }

    [Fact]
    public void Only_the_same_again_within_a_minute_is_a_repeat()
    {
        var features = Features(Story()
            .Ask(10, 5).Ask(10, 5).Ask(10, 5)
            .Ask(10, 6)
            .Ask(10, 6, pauseSeconds: 90)
            .Ask(10, 6, model: "claude-haiku-4-5"));

        Assert.Equal((2, 2), (features.Repeats, features.LongestRetryStreak));
        Assert.Equal(2, features.Models);
    }

    [Theory]
    [InlineData("bash,edit,bash,bash", 0.5, true)]
    [InlineData("bash,bash,bash,bash", 1.0, false)]
    [InlineData("bash,bash,bash,safeoutputs-add_comment", null, true)]
    [InlineData("bash,safeoutputs-create_issue,bash,edit", 0.5, true)]
    [InlineData("", null, null)]
    public void Exploration_ends_with_the_first_edit_or_output_and_reports_explore_by_trade(
        string tools, double? share, bool? hasOutcome)
    {
        var story = Story();
        string[] called = tools.Length == 0 ? ["", "", "", ""] : tools.Split(',');
        foreach (var tool in called)
        {
            story.Ask(10_000, 5);
            if (tool.Length > 0)
                story.Tool(tool);
        }

        var features = Features(story);

        // The answer that asks for the tool is the last of the exploration.
        Assert.Equal((decimal?)share, features.ExplorationShare);
        Assert.Equal(hasOutcome, features.HasOutcome);
        if (share is not null)
            Assert.Equal(features.EstimatedNanoCredits, features.ExplorationNanoCredits + features.WorkNanoCredits);
    }

    [Fact]
    public void What_no_log_tells_is_unknown()
    {
        var bare = Story().Read().Features!;
        var plain = Features(Story().Ask(10, 5));

        Assert.Equal(new RunFeatures(bare.Run) { Conclusion = "success" }, bare);
        Assert.Equal((null, null, null), (plain.ReasoningShare, plain.ContextGrowth, plain.HasOutcome));
        Assert.Equal((null, null), (plain.FailedRequests, plain.ExplorationShare));
    }

    [Fact]
    public void A_model_without_a_price_leaves_money_unknown_and_counts_known()
    {
        var features = Features(Story().Ask(10, 5).Ask(10, 5, model: "claude-nobody-knows-9"));

        Assert.Null(features.EstimatedNanoCredits);
        Assert.Null(features.SubAgentShare);
        Assert.Equal(2, features.Requests);
    }

    [Fact]
    public void The_order_of_the_files_changes_nothing_and_a_repeated_file_neither()
    {
        var files = new RunFiles()
            .Add("agent/token_usage.jsonl", RunFiles.Usage("a", "claude-sonnet-5", "/v1/messages", (9, 8, 7, 6)))
            .Add("detection/token_usage.jsonl", RunFiles.Usage("b", "claude-sonnet-5", "/v1/messages", (5, 4, 3, 2)))
            .AddUpload(1, "again", "agent/token_usage.jsonl", RunFiles.Usage("a", "claude-sonnet-5", "/v1/messages", (9, 8, 7, 6)));
        var backward = new RunFiles();
        foreach (var file in Enumerable.Reverse(files.All))
            backward.AddArchived(file);

        Assert.Equal(Of(files), Of(backward));
        Assert.Equal(2, Assert.Single(Of(files)).Requests);
    }

    private static IReadOnlyList<RunFeatures> Of(RunFiles files) => RunFeatureFold.Of(
        RunFiles.Run, files.All, files.Fold().Attempts, RunFiles.Book, TestContext.Current.CancellationToken);

    private static RunStory Story() => new(1, PlantedCases.Workflow, Start);

    private static RunFeatures Features(RunStory story) => story.Read().Features!;
}
