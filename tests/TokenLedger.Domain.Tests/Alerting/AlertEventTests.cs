using System.Security.Cryptography;
using System.Text;
using TokenLedger.Domain.Alerting;
using TokenLedger.Domain.Budgets;
using TokenLedger.Domain.Findings;

namespace TokenLedger.Domain.Tests.Alerting;

public sealed class AlertEventTests
{
    private static readonly DateOnly Today = new(2026, 11, 19);

    [Theory]
    [InlineData(49, null)]
    [InlineData(50, "budget/web/2026-11-01/threshold/50")]
    [InlineData(99, "budget/web/2026-11-01/threshold/80")]
    [InlineData(100, "budget/web/2026-11-01/threshold/100")]
    [InlineData(140, "budget/web/2026-11-01/threshold/120")]
    public void The_highest_reached_threshold_is_told_and_the_limit_without_being_one(int percent, string? key)
    {
        var told = BudgetAlerts.Of(Status(percent, [50m, 80.0m, 120.00m]), Today);

        Assert.Equal(key is null ? [] : [key], told.Select(item => item.Key));
        Assert.All(told, item => Assert.Equal(
            percent < 100 ? (AlertEventKind.BudgetThreshold, AlertSeverity.Warning)
                : (AlertEventKind.BudgetExceeded, AlertSeverity.Critical),
            (item.Kind, item.Severity)));
    }

    [Fact]
    public void A_budget_whose_name_is_spelt_otherwise_is_the_same()
    {
        var status = Status(60, [50m]);
        var other = status with { Budget = status.Budget with { Name = "WEB" } };

        Assert.Equal(BudgetAlerts.Of(status, Today)[0].Key, BudgetAlerts.Of(other, Today)[0].Key);
    }

    [Fact]
    public void An_incomplete_figure_is_told_where_headroom_is_denied_for_it_and_noted_elsewhere()
    {
        var status = Status(60, [50m]) with { IncompleteReasons = ["runs-without-telemetry"] };

        Assert.Contains("too small: runs-without-telemetry", string.Join('\n', BudgetAlerts.Of(status, Today)[0].Lines));
        Assert.Single(BudgetAlerts.Of(status, Today));
        Assert.Contains(
            BudgetAlerts.Of(status with { Budget = status.Budget with { FailsClosed = true } }, Today),
            told => told.Kind == AlertEventKind.BudgetIncomplete);
    }

    [Fact]
    public void Figures_are_exact_and_in_the_unit_of_the_budget()
    {
        var status = Status(60, [50m]);

        Assert.StartsWith("Spent: 60.00 USD of 100.00 USD (60 %)", BudgetAlerts.Of(status, Today)[0].Lines[0]);
        status = status with { Budget = status.Budget with { IsInUsd = false } };
        Assert.StartsWith(
            "Spent: 6,000 AI credits of 10,000 AI credits", BudgetAlerts.Of(status, Today)[0].Lines[0]);
    }

    [Fact]
    public void A_forecast_is_told_only_while_the_limit_is_not_reached()
    {
        var forecast = new TokenLedger.Domain.Calibration.CalibratedAmount(10_000_000_000_000, 0, 20_000_000_000_000);

        Assert.Contains(
            BudgetAlerts.Of(Status(10, []) with { Forecast = forecast }, Today),
            told => told.Kind == AlertEventKind.BudgetForecast);
        Assert.DoesNotContain(
            BudgetAlerts.Of(Status(110, []) with { Forecast = forecast }, Today),
            told => told.Kind == AlertEventKind.BudgetForecast);
    }

    [Fact]
    public void Findings_in_any_order_and_twice_are_the_same_event()
    {
        Finding[] findings = [Found("a", 3), Found("b", null), Found("c", 7)];

        var one = Assert.Single(FindingAlerts.Of(findings, 1, Today, Digest));
        var other = Assert.Single(FindingAlerts.Of([.. findings.Reverse(), .. findings], 1, Today, Digest));

        Assert.Equal((one.Key, one.Title), (other.Key, other.Title));
        Assert.Equal(one.Lines, other.Lines);
        Assert.Equal(new DateOnly(2026, 11, 16), one.GroupFrom);
        Assert.Contains("unknown at stake", string.Join('\n', one.Lines));
    }

    [Fact]
    public void What_nobody_can_tell_is_told_only_where_everything_is()
    {
        Assert.Empty(FindingAlerts.Of([Found("a", null)], 1, Today, Digest));
        Assert.Single(FindingAlerts.Of([Found("a", null)], 0, Today, Digest));
    }

    [Fact]
    public void Hostile_names_stay_one_bounded_line_and_out_of_keys()
    {
        var name = "x\n\u202e\u001b[31m" + new string('y', 5_000);
        var told = Assert.Single(FindingAlerts.Of([Found(name, 3) with { WorkflowPath = name }], 0, Today, Digest));

        Assert.All([told.Title, told.Subject, .. told.Lines], line =>
        {
            Assert.DoesNotContain(line, letter => char.IsControl(letter) || letter == '\u202e');
            Assert.InRange(line.Length, 1, 500);
        });
        Assert.DoesNotContain('y', told.Group.Replace("day", "", StringComparison.Ordinal));
        Assert.InRange(told.Key.Length, 1, 200);
    }

    [Fact]
    public void Every_kind_has_a_name_of_its_own_that_leads_back() => Assert.All(
        Enum.GetValues<AlertEventKind>(),
        kind => Assert.Equal(kind, AlertEventKindName.Parse(AlertEventKindName.Of(kind).ToUpperInvariant())));

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static Finding Found(string subject, long? nanoCredits) => new("retries", subject, new(2026, 11, 18))
    {
        Repository = "acme/web", WorkflowPath = ".github/workflows/a.lock.yml", Message = $"{subject} tried again.",
        Evidence = [], AtStakeNanoCredits = nanoCredits, Control = "Bound the tries.",
    };

    private static BudgetStatus Status(long percent, IReadOnlyList<decimal> thresholds)
    {
        const long limit = 10_000_000_000_000;
        return new BudgetStatus
        {
            Budget = new Budget
            {
                Name = "web", Period = BudgetPeriodKind.Month, IsInUsd = true, LimitNanoCredits = limit,
                ThresholdPercents = thresholds,
            },
            From = new(2026, 11, 1), To = new(2026, 12, 1), LimitNanoCredits = limit,
            SettledNanoCredits = limit / 100 * percent, ProvisionalNanoCredits = 0, EstimatedNanoCredits = 0,
            Spent = new(limit / 100 * percent, limit / 100 * percent, limit / 100 * percent), IncompleteReasons = [],
            EvaluatedAt = new(2026, 11, 19, 6, 0, 0, TimeSpan.Zero),
        };
    }
}
