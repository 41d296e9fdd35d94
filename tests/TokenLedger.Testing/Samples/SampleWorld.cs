using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Testing.Samples;

/// <summary>Ten days of an invented organisation, from which the bundled samples are written. The same on every machine.</summary>
/// <remarks>
/// Four workflows in three repositories. What makes it worth reconciling: a proxy that loses cache writes, threat
/// detection, one run by an Anthropic key, an unpriced model, a re-run, a lost log, a cut log, people's chat on the
/// same bill, and a last day that is not billed yet.
/// </remarks>
public sealed class SampleWorld
{
    /// <summary>The first day.</summary>
    public static readonly DateOnly FirstDay = new(2026, 11, 1);

    /// <summary>Days of runs; the last of them is not billed yet.</summary>
    public const int Days = 10;

    private static readonly SampleWorkflow Triage = new(
        "acme/webshop", "issue-triage", "Issue Triage", "copilot", "gpt-5.6-luna", "/responses", true, null);

    private static readonly SampleWorkflow Fixer = new(
        "acme/webshop", "code-fixer", "Code Fixer", "copilot", "claude-sonnet-5", "/v1/messages?beta=true", false, null);

    private static readonly SampleWorkflow Security = new(
        "acme/payments", "security-review", "Security Review", "claude", "claude-opus-5", "/v1/messages?beta=true", false, "claude-haiku-4-5-20251001");

    private static readonly SampleWorkflow Docs = new(
        "acme/docs", "docs-writer", "Docs Writer", "copilot", "claude-haiku-4.5", "/v1/messages?beta=true", false, null);

    private readonly SampleDice dice = new(20261101);
    private long nextRunId = 19_400_000_101;

    /// <summary>The world.</summary>
    public SampleWorld(PriceBook prices)
    {
        Prices = prices;
        for (var day = 0; day < Days; day++)
            AddDay(day);
    }

    /// <summary>The prices that the bill follows.</summary>
    public PriceBook Prices { get; }

    /// <summary>Every run attempt in order of start.</summary>
    public List<SampleRun> Runs { get; } = [];

    /// <summary>What calls cost under the price book, in AI credits; null when the book has no price.</summary>
    public decimal? CreditsOf(IEnumerable<SampleCall> calls)
    {
        decimal sum = 0;
        foreach (var call in calls)
        {
            if (CreditsOf(call, call.Tokens) is not { } credits)
                return null;
            sum += credits;
        }

        return sum;
    }

    /// <summary>What one call would cost with these tokens.</summary>
    public decimal? CreditsOf(SampleCall call, TokenCounts tokens) => Prices.EstimateOf(new UsageSlice(
        default, DateOnly.FromDateTime(call.Time.UtcDateTime), call.Phase, Purpose.Main, call.Channel,
        Prices.Names.Normalise(call.Model).Canonical, false, UsageSlice.StandardTier, PromptLengthBand.Of(tokens.Prompt),
        UsageEvidence.ProxyRecords, 1, 0, tokens)).AiCredits?.Total;

    private void AddDay(int day)
    {
        Add(Triage, day, 7, run => run with { PullRequest = null });
        Add(Triage, day, 13, run => run with { HasSession = day % 5 != 3 });
        Add(Fixer, day, 9, run => run with { PullRequest = 300 + day, Conclusion = day == 4 ? "failure" : "success" });
        if (day == 4)
            AddRerun();

        // The review of day 6 starts shortly before midnight: its calls fall on two days.
        Add(Security, day, day == 5 ? 23 : 16, run => run with { PullRequest = 80 + day, Conclusion = day == 7 ? "cancelled" : "success" });
        if (day == 0 || day == 6)
            return;
        Add(Docs, day, 11, run => day switch
        {
            2 => run with { IsCut = true },
            3 => run with { Calls = [.. run.Calls.Select(call => call with { Channel = Channel.Anthropic, Model = "claude-sonnet-5" })] },
            5 => run with { HasTelemetry = false },
            7 => run with { Calls = [.. run.Calls.Select(call => call with { Model = "nova-2-preview" })] },
            _ => run,
        });
    }

    private void Add(SampleWorkflow workflow, int day, int hour, Func<SampleRun, SampleRun> change)
    {
        var minute = hour == 23 ? 57 : dice.Roll(0, 50);
        var start = new DateTimeOffset(FirstDay.AddDays(day), new TimeOnly(hour, (int)minute), TimeSpan.Zero);
        var run = new SampleRun(workflow, nextRunId, 1, start, dice.Roll(0, 2) == 0 ? "alice" : "bob");
        nextRunId += dice.Roll(5, 60);
        Runs.Add(change(run with { Calls = [.. Calls(workflow, start)] }));
    }

    // A second attempt begins anew; its artifacts still hold the first attempt's records.
    private void AddRerun()
    {
        var first = Runs[^1];
        var start = first.StartedAt.AddHours(2);
        Runs.Add(first with
        {
            Attempt = 2, StartedAt = start, Conclusion = "success", Calls = [.. Calls(first.Workflow, start)],
        });
    }

    private List<SampleCall> Calls(SampleWorkflow workflow, DateTimeOffset start)
    {
        var calls = new List<SampleCall>();
        var time = start.AddSeconds(40);
        if (workflow.IsGpt)
        {
            calls.Add(new SampleCall(
                time, workflow.Model, workflow.Channel, Phase.Agent, true, new TokenCounts(dice.Roll(700, 900), dice.Roll(90, 160), 0), true));
        }

        time = Converse(calls, workflow.Model, workflow.Channel, Phase.Agent, (int)dice.Roll(5, 12), workflow.IsGpt, time);
        if (workflow.DetectionModel is { } detection)
            Converse(calls, detection, workflow.Channel, Phase.Detection, (int)dice.Roll(2, 5), false, time.AddSeconds(60));
        return calls;
    }

    private DateTimeOffset Converse(
        List<SampleCall> calls, string model, Channel channel, Phase phase, int count, bool losesWrites, DateTimeOffset time)
    {
        var cached = 0L;
        for (var i = 0; i < count; i++)
        {
            time = time.AddMilliseconds(dice.Roll(3_000, 24_000));
            var written = i == 0 ? dice.Roll(18_000, 42_000) : dice.Roll(300, 2_600);
            var tokens = new TokenCounts(dice.Roll(2, 6), dice.Roll(90, 900), cached, written);
            calls.Add(new SampleCall(time, model, channel, phase, false, tokens, losesWrites));
            cached += written;
        }

        return time;
    }
}
