using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Findings;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Tests.Sessions;

namespace TokenLedger.Ingestion.Tests.Findings;

/// <summary>
/// Runs of ordinary workflows: sizes differ by factors, prompts are cached and sometimes miss, requests are sometimes
/// sent again, weekends are quiet. The same seed gives the same runs.
/// </summary>
internal sealed class OrdinaryMonth(int seed)
{
    public static readonly DateOnly First = new(2026, 9, 1);
    public static readonly BillingAccount Account = new(BillingAccount.GitHub, BillingAccountKind.Organization, "acme");

    // Median requests and new tokens a request, how much runs differ, first prompt, runs a weekday, chance of edits.
    private static readonly (string Model, double Requests, double Grows, double Sigma, int Prompt, double PerDay, double Edits)[] Kinds =
    [
        ("claude-sonnet-5", 25, 900, 0.5, 30_000, 12, 1), ("claude-sonnet-5", 40, 700, 0.7, 45_000, 9, 1),
        ("claude-haiku-4-5", 6, 600, 0.4, 15_000, 40, 0), ("gpt-5-5", 18, 1200, 0.6, 22_000, 14, 0.8),
        ("gpt-5-mini", 5, 500, 0.5, 9_000, 45, 0), ("claude-opus-4-8", 30, 1000, 0.8, 35_000, 5, 1),
        ("claude-sonnet-5", 14, 1500, 0.6, 28_000, 22, 0), ("gpt-5-4-mini", 22, 900, 0.7, 26_000, 16, 0.5),
        ("claude-haiku-4-5", 35, 600, 0.9, 20_000, 10, 1), ("gpt-5-5", 50, 500, 0.5, 40_000, 4, 1),
        ("claude-sonnet-5", 20, 800, 1.0, 18_000, 8, 0.3), ("claude-sonnet-5", 60, 600, 0.4, 50_000, 3, 1),
    ];

    private readonly Random random = new(seed);
    private long nextId = 1_000;

    /// <summary>The runs of a day.</summary>
    public IReadOnlyList<ObservedRun> RunsOf(DateOnly day)
    {
        var weekday = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.25
            : day.DayOfWeek is DayOfWeek.Tuesday or DayOfWeek.Thursday ? 1.2 : 1.0;
        var runs = new List<ObservedRun>();
        for (var kind = 0; kind < Kinds.Length; kind++)
        {
            var count = (int)Math.Round(Kinds[kind].PerDay * weekday * LogNormal(0.25));
            for (var i = 0; i < count; i++)
                runs.Add(RunOf(kind, day));
        }

        return runs;
    }

    /// <summary>The day's bill of nothing but the runs, each model a few percent off its estimate, and final.</summary>
    public (AccountDay, DayReconciliation, DaySettlement) BillOf(DateOnly day, IReadOnlyList<ObservedRun> runs)
    {
        var slices = runs.SelectMany(run => run.Slices).Where(slice => slice.Day == day).ToList();
        var seenAt = new DateTimeOffset(day.AddDays(3), TimeOnly.MinValue, TimeSpan.Zero);
        var input = new AccountDay
        {
            Account = Account,
            Day = day,
            Observations =
            [
                new Observation(Account, BillView.AiCreditReport, day, "", seenAt, "hash", 0, "raw",
                [
                    .. slices.GroupBy(slice => slice.Model).Select(model => Charge(
                        day, model.Key,
                        model.Sum(slice => slice.EstimatedAiCredits!.Value.Total)
                            * (1m + (0.03m * (decimal)Normal())))),
                ]),
            ],
            Slices = slices,
            RunsWithoutTelemetry = [.. runs.Where(run => !run.HasTelemetry).Select(run => run.Facts)],
            ExclusiveScopes = [new ExclusiveScope()],
            Prices = RunFiles.Book,
        };
        return (input, DayReconciler.Reconcile(input),
            new DaySettlement(Account, day, SettlementStatus.Settled, 3, seenAt, seenAt));
    }

    public static Charge Charge(DateOnly day, string model, decimal credits) => new()
    {
        Id = model,
        Account = Account,
        View = BillView.AiCreditReport,
        Day = day,
        Channel = Channel.Copilot,
        Family = SkuFamily.AiCredits,
        Category = ChargeCategory.AgentOrPeople,
        Product = "copilot",
        Sku = "copilot_ai_credit",
        ModelText = model,
        Dimensions = new ChargeDimensions { Model = Dimension.ValueOrNotNamed(model) },
        GrossNanoCredits = AiCredits.TruncateToNanoCredits(credits),
    };

    private ObservedRun RunOf(int number, DateOnly day)
    {
        var kind = Kinds[number];
        var start = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).AddMinutes(random.Next(6 * 60, 20 * 60));
        var story = new RunStory(nextId++, $".github/workflows/w{number}.lock.yml", start)
        {
            Model = kind.Model,
            Conclusion = random.NextDouble() is var end && end < 0.03 ? "cancelled" : end < 0.1 ? "failure" : "success",
            ProxyFactor = kind.Model.StartsWith("gpt", StringComparison.Ordinal) ? 0.92m : 1m,
        };
        if (random.NextDouble() < 0.01)
            return story.Read();
        var count = Math.Clamp((int)(kind.Requests * LogNormal(kind.Sigma)), 2, 200);
        var edits = random.NextDouble() < kind.Edits;
        var firstEdit = (int)(count * (0.1 + (0.6 * random.NextDouble())));
        var (prompt, cached) = ((int)(kind.Prompt * LogNormal(0.1)), 0);
        for (var i = 0; i < count; i++)
        {
            // A pause over five minutes, or a prefix that changed.
            if (random.NextDouble() < 0.02)
                cached = 0;
            var output = (long)(220 * LogNormal(0.8));
            story.Ask(
                4, output, cached, prompt - cached,
                kind.Model.StartsWith("gpt", StringComparison.Ordinal) ? (long)(output * 0.4 * random.NextDouble()) : 0,
                random.NextDouble() < 0.05 ? "subagent" : "");
            if (random.NextDouble() < 0.001)
                story.Ask(4, output, cached, prompt - cached).Ask(4, output, cached, prompt - cached);
            story.Tool(edits && i >= firstEdit && random.NextDouble() < 0.4 ? "edit" : "bash");
            if (edits && i == firstEdit)
                story.Tool("create");
            cached = prompt;
            prompt += (int)(kind.Grows * LogNormal(0.6));
            // The harness compacts.
            if (prompt > 140_000)
                (prompt, cached) = (kind.Prompt + 8_000, 0);
        }

        if (!edits)
            story.Tool("safeoutputs-add_comment");
        for (var i = 0; i < 2; i++)
            story.Ask(4, 150, i * 9_000, 9_000 - (i * 8_500), phase: Phase.Detection, model: "claude-haiku-4-5");
        return story.Read();
    }

    private double LogNormal(double sigma) => Math.Exp(sigma * Normal());

    private double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
