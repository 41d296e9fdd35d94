using TokenLedger.Domain.Allocation;
using TokenLedger.Domain.Usage;
using TokenLedger.Testing.Worlds.Usage;

namespace TokenLedger.Testing.Worlds.Bills;

/// <summary>The bill of a wallet, made of what was truly used and never of an estimate.</summary>
public sealed class WorldBill
{
    private readonly ILookup<DateOnly, BillLine> linesByDay;
    private readonly Dictionary<(RunKey Run, DateOnly Day, string Model), long> truth = [];
    private readonly List<BillLine> lines = [];
    private readonly WorldPlan plan;
    private readonly BillHistory history;
    private readonly WorldDice dice;
    private readonly WorldCoverage coverage;

    /// <param name="plan">The plan.</param>
    /// <param name="usage">All usage.</param>
    /// <param name="coverage">Told what happens.</param>
    public WorldBill(WorldPlan plan, IReadOnlyList<WorldUsage> usage, WorldCoverage coverage)
    {
        this.plan = plan;
        this.coverage = coverage;
        dice = new WorldDice(plan.Seed).For("bill");
        history = new BillHistory(dice, coverage);
        foreach (var alike in usage
            .Where(piece => piece.CostNanoCredits > 0)
            .GroupBy(piece => (
                piece.Slice.Day, piece.Kind, piece.Organization, piece.Repository, piece.WorkflowPath, piece.User,
                piece.Model, piece.Slice.IsAutoSelected)))
            AddUsage([.. alike]);
        foreach (var day in plan.EachDay)
            AddOthers(day);
        linesByDay = new IncludedCredits(plan.PoolCredits, coverage).Apply(lines).ToLookup(line => line.Day);
    }

    /// <summary>What a run's use of a model on a day truly costs in the end, refunds taken off.</summary>
    public IReadOnlyDictionary<(RunKey Run, DateOnly Day, string Model), long> Truth => truth;

    /// <summary>The final gross AI credits of a day over the whole wallet.</summary>
    public long FinalGrossNanoCredits(DateOnly day) =>
        linesByDay[day].Where(line => line.IsAiCredits).Sum(line => line.GrossNanoCredits);

    /// <summary>The final net AI credits of a day over the whole wallet.</summary>
    public long FinalNetNanoCredits(DateOnly day) =>
        linesByDay[day].Where(line => line.IsAiCredits).Sum(line => line.NetNanoCredits);

    /// <summary>A day of the bill as it is shown at a time.</summary>
    public IEnumerable<ShownLine> ShownAt(DateOnly day, DateTimeOffset now) =>
        linesByDay[day].Select(line => line.At(now)).OfType<ShownLine>();

    private void AddUsage(IReadOnlyList<WorldUsage> alike)
    {
        var first = alike[0];
        var gross = alike.Sum(piece => piece.CostNanoCredits);
        var line = new BillLine
        {
            Day = first.Slice.Day,
            Item = first.Kind switch
            {
                UsageKind.CodeReview => BillItem.CodeReview,
                UsageKind.CloudAgent => BillItem.CloudAgent,
                _ => BillItem.Credits,
            },
            Organization = first.Organization,
            User = first.User,
            CostCenter = plan.Wallet.CostCenterOf(first.Organization, first.User),
            Repository = first.Repository,
            WorkflowPath = first.WorkflowPath,
            Model = first.Kind switch
            {
                UsageKind.CodeReview => "Code Review model",
                UsageKind.CloudAgent => "Coding Agent model",
                _ => (first.Slice.IsAutoSelected ? "Auto: " : "") + first.Model.Display,
            },
            GrossNanoCredits = gross,
            Tokens = alike.Aggregate(default(TokenCounts), (sum, piece) => sum + piece.Slice.Tokens),
            Steps = history.Of(first.Slice.Day, isRefund: false),
        };
        lines.Add(line);
        coverage.SawIf(line.Steps.Any(step => step.Percent is not (null or 100)), "revision");
        coverage.SawIf(line.Steps.Any(step => step.Percent is null), "withdrawn row");
        coverage.Saw("billed " + first.Kind);
        if (dice.Chance(3))
        {
            var refund = line with
            {
                IsRefund = true,
                GrossNanoCredits = -(gross / dice.Roll(2, 20)),
                Tokens = default,
                Steps = history.Of(first.Slice.Day, isRefund: true),
            };
            lines.Add(refund);
            gross += refund.GrossNanoCredits;
            coverage.Saw("refund");
        }

        if (first.Kind == UsageKind.Run)
            AddTruth(alike, gross);
    }

    // A refund is of the line: every run in it gets its part.
    private void AddTruth(IReadOnlyList<WorldUsage> alike, long gross)
    {
        var parts = LargestRemainder.Split(gross, [.. alike.Select(piece => piece.CostNanoCredits)]);
        for (var i = 0; i < parts.Length; i++)
        {
            var key = (alike[i].Slice.Run, alike[i].Slice.Day, alike[i].Slice.Model);
            truth[key] = truth.GetValueOrDefault(key) + parts[i];
        }
    }

    private void AddOthers(DateOnly day)
    {
        foreach (var organization in plan.Wallet.Organizations)
        {
            lines.Add(new BillLine
            {
                Day = day,
                Item = BillItem.ActionsMinutes,
                Organization = organization,
                Repository = organization + "/web",
                CostCenter = plan.Wallet.CostCenterOf(organization, null),
                GrossNanoCredits = dice.Roll(1, 900) * 600_000_000,
                Steps = history.Of(day, isRefund: false),
            });
        }

        lines.Add(new BillLine
        {
            Day = day,
            Item = BillItem.Seats,
            Organization = plan.Wallet.Organizations[0],
            CostCenter = plan.Wallet.CostCenterOf(plan.Wallet.Organizations[0], null),
            GrossNanoCredits = 31_666_666_666,
            Steps = history.Of(day, isRefund: false),
        });
        if (!plan.IsExclusive && dice.Chance(3))
        {
            coverage.Saw("refund of a day alone");
            lines.Add(new BillLine
            {
                Day = day,
                Item = BillItem.Credits,
                Organization = plan.Wallet.Organizations[0],
                CostCenter = plan.Wallet.CostCenterOf(plan.Wallet.Organizations[0], null),
                Model = "Kimi K3",
                IsRefund = true,
                GrossNanoCredits = -dice.Roll(1, 5_000_000_000),
                Steps = history.Of(day, isRefund: true),
            });
        }
    }
}
