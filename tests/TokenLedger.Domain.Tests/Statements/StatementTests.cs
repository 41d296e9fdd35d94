using TokenLedger.Domain.Attribution;
using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Spend;
using TokenLedger.Domain.Statements;
using TokenLedger.Domain.Tests.Reconciliation;

namespace TokenLedger.Domain.Tests.Statements;

public sealed class StatementTests
{
    private static readonly AttributionRules Teams = new(
    [
        new AttributionRule { Repository = "acme/web", Team = "web", Tags = RunAttribution.None.Tags.Add("env", "prod") },
        new AttributionRule { Workflow = "*b.lock.yml", Team = "build" },
    ]);

    private static readonly IReadOnlyList<StatementGrouping> Groupings =
    [
        .. Enum.GetValues<StatementDimension>().Where(what => what != StatementDimension.Tag)
            .Select(what => new StatementGrouping(what)),
        new(StatementDimension.Tag, "ENV"),
    ];

    [Fact]
    public void Rows_of_every_grouping_add_up_to_the_bill_however_the_rest_is_spread() => World.Obeys(world =>
    {
        var day = world.Build();
        var result = DayReconciler.Reconcile(day);
        var basis = result.Charges.Where(row => row.Role == ChargeRole.Basis).Select(row => row.Charge).ToList();
        var usage = basis
            .Where(charge => DaySpend.ComponentOf(charge.Family) == SpendComponent.AiUsage).ToList();
        var lines = Lines(day, result, SettlementStatus.Closed);
        return Groupings.All(grouping => Enum.GetValues<StatementSpread>().All(spread =>
        {
            var statement = Statement.Of(lines, [grouping], Teams, spread, new Dictionary<string, long> { ["web"] = 3 });
            return Sum(statement, row => row.Figures.BilledNanoCredits) == Gross(basis, SpendComponent.AiUsage)
                && Sum(statement, row => row.ChargedNanoCredits) == Gross(basis, SpendComponent.AiUsage)
                && Sum(statement, row => row.Figures.ActionsMinutesNanoCredits)
                    == Gross(basis, SpendComponent.ActionsMinutes)
                && (usage.Exists(charge => charge.NetNanoCredits is null)
                    || statement.Total.NetNanoCredits == usage.Sum(charge => charge.NetNanoCredits!.Value))
                && statement.Rows.Aggregate(StatementFigures.Nothing, (sum, row) => sum + row.Figures)
                    == statement.Total;
        }));
    });

    [Fact]
    public void Before_bills_are_final_the_bill_so_far_and_what_is_expected_are_told_apart() => World.Obeys(world =>
    {
        var day = world.Build();
        var result = DayReconciler.Reconcile(day);
        var statement = Statement.Of(
            Lines(day, result, SettlementStatus.Provisional), [new(StatementDimension.Repository)], Teams,
            StatementSpread.None, new Dictionary<string, long>());
        var basis = result.Charges.Where(row => row.Role == ChargeRole.Basis).Select(row => row.Charge).ToList();
        return Sum(statement, row => row.Figures.BilledNanoCredits) == Gross(basis, SpendComponent.AiUsage)
            && statement.Total.SettledNanoCredits == 0
            && (statement.Rows.Count == 0 || !statement.IsFinal || statement.Rows.All(row =>
                row.Figures is { BilledNanoCredits: 0, ExpectedNanoCredits: 0 }));
    });

    [Fact]
    public void The_order_of_lines_changes_nothing() => World.Obeys(world =>
    {
        var day = world.Build();
        var lines = Lines(day, DayReconciler.Reconcile(day), SettlementStatus.Closed);
        return Of(lines).Rows.SequenceEqual(Of(lines.Reverse()).Rows, SameRow.Instance);

        Statement Of(IEnumerable<SpendLine> ordered) => Statement.Of(
            ordered, [new(StatementDimension.Team), new(StatementDimension.Model)], Teams, StatementSpread.Even,
            new Dictionary<string, long>());
    });

    [Fact]
    public void What_no_run_answers_for_is_spread_by_the_stated_rule_in_a_figure_of_its_own()
    {
        var day = new Scenario()
            .Run(1, 30m).Run(2, 10m, repository: "acme/api", workflow: ".github/workflows/b.lock.yml")
            .Bill(100m).Build();
        var lines = Lines(day, DayReconciler.Reconcile(day), SettlementStatus.Closed);

        Assert.Equal([(30, 0, 30), (10, 0, 10), (60, 0, 60)], Charged(StatementSpread.None));
        Assert.Equal([(30, 45, 75), (10, 15, 25), (60, -60, 0)], Charged(StatementSpread.BySpend));
        Assert.Equal([(30, 30, 60), (10, 30, 40), (60, -60, 0)], Charged(StatementSpread.Even));
        Assert.Equal([(30, 0, 30), (10, 60, 70), (60, -60, 0)], Charged(StatementSpread.ByWeight));

        IEnumerable<(int Billed, int Spread, int Charged)> Charged(StatementSpread spread) => Statement.Of(
            lines, [new(StatementDimension.Team)], Teams, spread, new Dictionary<string, long> { ["build"] = 2 })
            .Rows.Select(row => (
                (int)(row.Figures.BilledNanoCredits / 1_000_000_000), (int)(row.SpreadNanoCredits / 1_000_000_000),
                (int)(row.ChargedNanoCredits / 1_000_000_000)));
    }

    [Fact]
    public void An_unknown_value_and_a_name_that_looks_like_it_are_two_groups()
    {
        var day = new Scenario().Run(1, 1m, workflow: null).Run(2, 2m, workflow: "-").Bill(3m).Build();

        var statement = Statement.Of(
            Lines(day, DayReconciler.Reconcile(day), SettlementStatus.Closed), [new(StatementDimension.Workflow)], Teams,
            StatementSpread.None, new Dictionary<string, long>());

        Assert.Equal(["-", null], statement.Rows.Select(row => row.Values[0]));
    }

    [Fact]
    public void An_unknown_net_stays_unknown_when_a_refund_takes_all_of_its_gross_back()
    {
        var statement = Statement.Of(
            [Part(5), Part(-5)], [new(StatementDimension.Team)], Teams, StatementSpread.None,
            new Dictionary<string, long>());

        Assert.Equal(0, statement.Total.BilledNanoCredits);
        Assert.Null(statement.Total.NetNanoCredits);

        static SpendLine Part(long gross) => new()
        {
            Day = new DateOnly(2026, 10, 1),
            Channel = default,
            UnallocatedReason = default(UnallocatedReason),
            State = SpendState.Settled,
            Gross = new CalibratedAmount(gross, gross, gross),
            BilledGrossNanoCredits = gross,
        };
    }

    [Fact]
    public void Values_with_control_characters_do_not_merge_groups()
    {
        AttributionRules rules = new(
        [
            new AttributionRule { Repository = "acme/web", Team = "a\u001f=b", TaskType = "c" },
            new AttributionRule { Repository = "acme/api", Team = "a", TaskType = "b\u001f=c" },
        ]);
        var day = new Scenario().Run(1, 1m).Run(2, 2m, repository: "acme/api").Bill(3m).Build();

        var statement = Statement.Of(
            Lines(day, DayReconciler.Reconcile(day), SettlementStatus.Closed),
            [new(StatementDimension.Team), new(StatementDimension.TaskType)], rules, StatementSpread.None,
            new Dictionary<string, long>());

        Assert.Equal(["a", "a\u001f=b"], statement.Rows.Select(row => row.Values[0]));
    }

    private static IReadOnlyList<SpendLine> Lines(
        AccountDay day, DayReconciliation result, SettlementStatus status) => DaySpend.Of(
        day, result, new DaySettlement(day.Account, day.Day, status, 2, null, null), CalibrationBook.Of([]));

    private static long Sum(Statement statement, Func<StatementRow, long> figure) => statement.Rows.Sum(figure);

    private static long Gross(IEnumerable<Charge> charges, SpendComponent component) => charges
        .Where(charge => DaySpend.ComponentOf(charge.Family) == component).Sum(charge => charge.GrossNanoCredits);

    private sealed class SameRow : IEqualityComparer<StatementRow>
    {
        public static readonly SameRow Instance = new();

        public bool Equals(StatementRow? x, StatementRow? y) =>
            x!.Values.SequenceEqual(y!.Values, StringComparer.Ordinal)
            && (x.UnallocatedReason, x.Runs, x.Figures, x.SpreadNanoCredits)
                == (y.UnallocatedReason, y.Runs, y.Figures, y.SpreadNanoCredits);

        public int GetHashCode(StatementRow row) => row.Runs;
    }
}
