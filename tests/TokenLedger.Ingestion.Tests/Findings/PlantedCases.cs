using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Findings;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Tests.Sessions;

namespace TokenLedger.Ingestion.Tests.Findings;

/// <summary>For each code one day that holds its pattern among quiet runs, and nothing else.</summary>
internal static class PlantedCases
{
    public const string Workflow = ".github/workflows/planted.lock.yml";

    // A Sunday, so that weeks are told too.
    private static readonly DateOnly Day = new(2026, 9, 27);

    public static FindingDay Of(string code) => code switch
    {
        FindingCodes.LongExploration => Runs(Exploring()),
        FindingCodes.ContextGrowth => Runs(Growing()),
        FindingCodes.CacheMissStorm => Runs(Missing()),
        FindingCodes.RetryLoop => Runs(Retrying()),
        FindingCodes.SubAgentFanOut => Runs(FannedOut()),
        FindingCodes.HighReasoningWithoutOutcome => Runs(Thinking()),
        FindingCodes.ExpensiveModelOnRoutineWork => Runs([.. Enumerable.Range(0, 60).Select(Labelling)]),
        FindingCodes.DetectionShare => Runs([.. Enumerable.Range(0, 30).Select(Overchecked)]),
        FindingCodes.SpikeAgainstBaseline => WithHistory(Large(1), [.. Enumerable.Range(1, 20).Select(back => (back, 30L))]),
        FindingCodes.RisingUse => WithHistory(
            Quiet(1), [.. Enumerable.Range(1, 27).Select(back => (back, back < 7 ? 500L : 150L))]),
        FindingCodes.RunsWithoutTelemetry => Runs([.. Enumerable.Range(0, 4).Select(Silent), Quiet(9)]),
        FindingCodes.StaleCounters => Runs([.. Enumerable.Range(0, 10).Select(Miscounted)]),
        FindingCodes.UsageWithoutBill => HalfBilled(),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "Plant a case for this code."),
    };

    private static ObservedRun Exploring() => Cached(Story(1), 40, _ => "view", last: "edit").Read();

    private static ObservedRun Growing()
    {
        var (story, prompt) = (Story(1), 15_000);
        for (var i = 0; i < 60; i++)
        {
            story.Ask(4, 200, i == 0 ? 0 : prompt - 2_000, i == 0 ? prompt : 2_000).Tool("edit");
            prompt += 2_000;
        }

        return story.Read();
    }

    private static ObservedRun Missing()
    {
        var story = Story(1);
        for (var i = 0; i < 12; i++)
            story.Ask(4, 200, 0, 40_000 + i).Tool("edit");
        return story.Read();
    }

    private static ObservedRun Retrying()
    {
        var story = Story(1).Ask(4, 200, 0, 30_000).Tool("edit");
        for (var i = 0; i < 9; i++)
            story.Ask(4, 120, 30_000, 300);
        return story.Read();
    }

    private static ObservedRun FannedOut()
    {
        var story = Cached(Story(1), 10, _ => "edit", last: "edit");
        for (var i = 0; i < 60; i++)
            story.Ask(4, 300 + i, 20_000, 2_000, purpose: "subagent");
        return story.Read();
    }

    private static ObservedRun Thinking()
    {
        var story = Story(1);
        story.Conclusion = "failure";
        for (var i = 0; i < 15; i++)
            story.Ask(4, 4_000, i == 0 ? 0 : 30_000, i == 0 ? 30_000 : 100 + i, reasoning: 3_500).Tool("edit");
        return story.Read();
    }

    private static ObservedRun Labelling(int id)
    {
        var story = Story(id + 1, DateTimeOffset.MinValue.AddDays(Day.AddDays(-(id % 7)).DayNumber).AddHours(9));
        story.Model = "claude-opus-4-8";
        return story.Ask(4, 150, 0, 8_000).Ask(4, 150, 8_000, 300).Read();
    }

    private static ObservedRun Overchecked(int id) => Story(id + 1).Ask(4, 300, 0, 10_000)
        .Ask(4, 2_000, 0, 50_000, phase: Phase.Detection).Ask(4, 2_000, 50_000, 900, phase: Phase.Detection).Read();

    private static ObservedRun Large(long id) => Cached(Story(id), 100, _ => "edit", last: "edit").Read();

    private static ObservedRun Quiet(long id) => Cached(Story(id), 4, _ => "edit", last: "edit").Read();

    private static ObservedRun Silent(int id) => Story(id + 1).Read();

    private static ObservedRun Miscounted(int id)
    {
        var story = Story(id + 1);
        story.ProxyFactor = 0.5m;
        return Cached(story, 10, _ => "edit", last: "edit").Read();
    }

    private static FindingDay HalfBilled()
    {
        var other = Story(2);
        other.Model = "gpt-5-5";
        ObservedRun[] runs = [Large(1), Cached(other, 20, _ => "edit", last: "edit").Read()];
        var slices = runs.SelectMany(run => run.Slices).ToList();
        var seenAt = new DateTimeOffset(Day.AddDays(3), TimeOnly.MinValue, TimeSpan.Zero);
        var input = new AccountDay
        {
            Account = OrdinaryMonth.Account,
            Day = Day,
            Observations =
            [
                new Observation(OrdinaryMonth.Account, BillView.AiCreditReport, Day, "", seenAt, "hash", 0, "raw",
                [
                    OrdinaryMonth.Charge(Day, "claude-sonnet-5", slices
                        .Where(slice => slice.Model == "claude-sonnet-5").Sum(slice => slice.EstimatedAiCredits!.Value.Total)),
                ]),
            ],
            Slices = slices,
            RunsWithoutTelemetry = [],
            Prices = RunFiles.Book,
        };
        return Runs(runs) with
        {
            Accounts =
            [
                (input, DayReconciler.Reconcile(input),
                    new DaySettlement(OrdinaryMonth.Account, Day, SettlementStatus.Settled, 3, seenAt, seenAt)),
            ],
        };
    }

    private static RunStory Cached(RunStory story, int requests, Func<int, string> tool, string last)
    {
        for (var i = 0; i < requests; i++)
            story.Ask(4, 200 + i, i == 0 ? 0 : 40_000, i == 0 ? 40_000 : 400).Tool(i == requests - 1 ? last : tool(i));
        return story;
    }

    private static RunStory Story(long id, DateTimeOffset? start = null) =>
        new(id, Workflow, start ?? new DateTimeOffset(Day, new TimeOnly(9, 0), TimeSpan.Zero));

    private static FindingDay Runs(params IReadOnlyList<ObservedRun> runs) => WithHistory(runs, []);

    private static FindingDay WithHistory(ObservedRun run, IReadOnlyList<(int DaysBack, long Credits)> earlier) =>
        WithHistory([run], earlier);

    private static FindingDay WithHistory(
        IReadOnlyList<ObservedRun> runs, IReadOnlyList<(int DaysBack, long Credits)> earlier)
    {
        var cheaper = new CheaperModels(RunFiles.Book);
        return new FindingDay
        {
            Day = Day,
            Runs = [.. runs.Where(run => run.Day == Day)],
            History = new Dictionary<string, IReadOnlyList<RunSize>>
            {
                ["acme/shop:" + Workflow] =
                [
                    .. runs.Select(run => RunSize.Of(run, cheaper)).OfType<RunSize>(),
                    .. earlier.Select((size, at) => new RunSize(
                        new RunKey(RunKey.PublicHost, 10_000 + at, 1), Day.AddDays(-size.DaysBack),
                        size.Credits * 1_000_000_000, 0, 20, 10_000, null)),
                ],
            },
        };
    }
}
