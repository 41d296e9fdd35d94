using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Prices;

namespace TokenLedger.Benchmarks.Reconciling;

/// <summary>A month of runs, three models each, over 31 days, and a bill of twelve models a day. Seeded.</summary>
internal static class SyntheticMonth
{
    public const int Days = 31;

    public static readonly BillingAccount Account = new(BillingAccount.GitHub, BillingAccountKind.Organization, "acme");

    public static readonly PriceBook Prices = PriceBookReader.Shipped();

    // Models with a price through the whole month.
    private static readonly string[] Models =
    [
        .. Prices.Rows
            .Where(row => row.Channel == Channel.Copilot && row.ValidTo is null && row.ValidFrom < Day(0))
            .Select(row => row.Model)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Take(12),
    ];

    public static List<LedgerRun> Runs(int count)
    {
        var random = new Random(20261001);
        var runs = new List<LedgerRun>(count);
        for (var i = 0; i < count; i++)
        {
            var key = new RunKey(RunKey.PublicHost, 19_000_000_000 + i, 1);
            var facts = new RunFacts(key, "acme", $"acme/repository-{i % 50:D2}")
            {
                WorkflowPath = $".github/workflows/workflow-{i % 20:D2}.lock.yml",
                Payer = Payer.Organization,
                StartedAt = new DateTimeOffset(Day(i), new TimeOnly(i % 24, 0), TimeSpan.Zero),
            };
            var slices = Enumerable.Range(0, 3).Select(at => new UsageSlice(
                key, Day(i), Phase.Agent, Purpose.Main, Channel.Copilot, Models[(i + (at * 4)) % 12], false,
                UsageSlice.StandardTier, 0, UsageEvidence.ProxyRecords, 5, 9_000,
                new TokenCounts(random.Next(1, 9_000), random.Next(1, 3_000), random.Next(1, 90_000), random.Next(1, 20_000))));
            runs.Add(new LedgerRun(facts, [.. slices], new RunReport(), []));
        }

        return runs;
    }

    public static DateOnly Day(int number) => new(2026, 10, 1 + (number % Days));

    /// <summary>A bill of the day that explains about nine tenths of what its runs used.</summary>
    public static Observation Bill(DateOnly day, long creditsPerModel)
    {
        var charges = Models.Select((model, at) => new Charge
        {
            Id = $"{day:yyyyMMdd}-{at:D2}",
            Account = Account,
            View = BillView.AiCreditReport,
            Day = day,
            Channel = Channel.Copilot,
            Family = SkuFamily.AiCredits,
            Category = ChargeCategory.AgentOrPeople,
            Dimensions = new ChargeDimensions { User = Dimension.Nobody, Model = Dimension.Value(model) },
            GrossNanoCredits = creditsPerModel * AiCredits.NanoCreditsPerCredit,
            NetNanoCredits = creditsPerModel * AiCredits.NanoCreditsPerCredit / 4,
        });
        return new Observation(Account, BillView.AiCreditReport, day, "", default, "benchmark", 0, "", [.. charges]);
    }
}
