using TokenLedger.Domain.Budgets;
using TokenLedger.Domain.Usage;
using TokenLedger.Hosting.Configuration;

namespace TokenLedger.Hosting.Tests.Configuration;

public sealed class BudgetSectionTests
{
    [Fact]
    public void A_budget_is_read_with_everything_that_it_says()
    {
        var budget = Assert.Single(Read(
            "Name=triage.2026", "Period=Rolling", "RollingDays=30", "AmountUsd=99.50", "Measure=net", "Include=all",
            "Thresholds:0=50", "Thresholds:1=99.9", "Enforcement=hard", "WhenIncomplete=deny",
            "Scope:Organization=acme", "Scope:Repository=acme/*", "Scope:Workflow=triage*", "Scope:Person=mona",
            "Scope:CostCenter=R&D", "Scope:Model=claude*", "Scope:Channel=gemini", "Scope:Tags:kind=review")
            .Configuration.Budgets);

        Assert.Equal(("triage.2026", BudgetPeriodKind.Rolling, 30), (budget.Name, budget.Period, budget.RollingDays));
        Assert.Equal((9_950_000_000_000, true), (budget.LimitNanoCredits, budget.IsInUsd));
        Assert.Equal((BudgetMeasure.Net, BudgetInclude.All), (budget.Measure, budget.Include));
        Assert.Equal((BudgetEnforcement.Hard, true), (budget.Enforcement, budget.FailsClosed));
        Assert.Equal([50m, 99.9m], budget.ThresholdPercents);
        Assert.Equal(("acme", "acme/*", "triage*"), (budget.Scope.Organization, budget.Scope.Repository, budget.Scope.Workflow));
        Assert.Equal(("mona", "R&D", "claude*"), (budget.Scope.Person, budget.Scope.CostCenter, budget.Scope.Model));
        Assert.Equal((Channel.Google, ("kind", "review")), (budget.Scope.Channel, Assert.Single(budget.Scope.Tags)));
    }

    [Fact]
    public void A_budget_that_says_little_is_soft_gross_of_runs_and_warns_at_50_80_and_100()
    {
        var budget = Assert.Single(Read("Name=a", "Period=day", "AmountAiCredits=0.5").Configuration.Budgets);

        Assert.Equal(
            (500_000_000, false, BudgetMeasure.Gross, BudgetInclude.Runs, BudgetEnforcement.Soft, false),
            (budget.LimitNanoCredits, budget.IsInUsd, budget.Measure, budget.Include, budget.Enforcement,
                budget.FailsClosed));
        Assert.Equal([50m, 80m, 100m], budget.ThresholdPercents);
        Assert.Equal(new BudgetScope().ToString(), (budget.Scope with { Tags = new BudgetScope().Tags }).ToString());
    }

    [Fact]
    public void A_budget_of_a_credit_pool_has_its_wallet_its_cycles_and_its_amount()
    {
        string[] source =
        [
            "Sources:0:Name=Acme AI", "Sources:0:Kind=anthropic", "Sources:0:CreditPools:0:Name=Max",
            "Sources:0:CreditPools:0:AmountUsd=200", "Sources:0:CreditPools:0:CycleDay=15",
            "Budgets:0:Name=max", "Budgets:0:Scope:CreditPool=MAX",
        ];
        var budget = Assert.Single(ReadAll(source).Configuration.Budgets);

        Assert.Equal((BudgetPeriodKind.Cycle, 20_000_000_000_000), (budget.Period, budget.LimitNanoCredits));
        Assert.Equal(("anthropic:organization:acme ai", 15), (budget.Scope.Account!.Key, budget.Pool!.CycleDay));
        Assert.Equal(
            1_000_000_000_000,
            Assert.Single(ReadAll([.. source, "Budgets:0:AmountUsd=10"]).Configuration.Budgets).LimitNanoCredits);
        Assert.Contains(
            "lasts as its cycle", Assert.Single(ReadAll([.. source, "Budgets:0:Period=month"]).Problems),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("needs an AmountUsd or AmountAiCredits", "Name=a", "Period=day")]
    [InlineData("give one of them", "Name=a", "Period=day", "AmountUsd=1", "AmountAiCredits=100")]
    [InlineData("AmountUsd must be a number above 0", "Name=a", "Period=day", "AmountUsd=0")]
    [InlineData("AmountUsd must be a number above 0", "Name=a", "Period=day", "AmountUsd=-1")]
    [InlineData("AmountUsd must be a number above 0", "Name=a", "Period=day", "AmountUsd=10000001")]
    [InlineData("AmountAiCredits must be a number above 0", "Name=a", "Period=day", "AmountAiCredits=0.0000000001")]
    [InlineData("AmountAiCredits must be a number above 0", "Name=a", "Period=day", "AmountAiCredits=1e3")]
    [InlineData("Period must be day, week, month or rolling", "Name=a", "AmountUsd=1")]
    [InlineData("Period must be day, week, month or rolling", "Name=a", "AmountUsd=1", "Period=cycle")]
    [InlineData("Period must be day, week, month or rolling", "Name=a", "AmountUsd=1", "Period=1")]
    [InlineData("RollingDays must be", "Name=a", "AmountUsd=1", "Period=rolling")]
    [InlineData("RollingDays must be", "Name=a", "AmountUsd=1", "Period=rolling", "RollingDays=367")]
    [InlineData("RollingDays is only for", "Name=a", "AmountUsd=1", "Period=week", "RollingDays=7")]
    [InlineData("Thresholds must be", "Name=a", "AmountUsd=1", "Period=day", "Thresholds:0=80", "Thresholds:1=50")]
    [InlineData("Thresholds must be", "Name=a", "AmountUsd=1", "Period=day", "Thresholds:0=80", "Thresholds:1=80")]
    [InlineData("Thresholds must be", "Name=a", "AmountUsd=1", "Period=day", "Thresholds:0=0")]
    [InlineData("Thresholds must be", "Name=a", "AmountUsd=1", "Period=day", "Thresholds:0=1001")]
    [InlineData("Thresholds must be", "Name=a", "AmountUsd=1", "Period=day", "Thresholds:0=many")]
    [InlineData("Measure must be gross or net", "Name=a", "AmountUsd=1", "Period=day", "Measure=both")]
    [InlineData("Include must be runs or all", "Name=a", "AmountUsd=1", "Period=day", "Include=1")]
    [InlineData("Enforcement must be soft or hard", "Name=a", "AmountUsd=1", "Period=day", "Enforcement=no")]
    [InlineData("WhenIncomplete must be allow or deny", "Name=a", "AmountUsd=1", "Period=day", "WhenIncomplete=ask")]
    [InlineData("Name must be", "Name=a b", "AmountUsd=1", "Period=day")]
    [InlineData("Name must be", "AmountUsd=1", "Period=day")]
    [InlineData("Channel must be one of copilot", "Name=a", "AmountUsd=1", "Period=day", "Scope:Channel=colour")]
    [InlineData("no rule of TokenLedger:Attribution", "Name=a", "AmountUsd=1", "Period=day", "Scope:Team=web")]
    [InlineData("no source has a credit pool named 'Max'", "Name=a", "AmountUsd=1", "Scope:CreditPool=Max")]
    [InlineData("Scope:Model must be 1 to 200", "Name=a", "AmountUsd=1", "Period=day", "Scope:Model= ")]
    [InlineData("Scope:Tags must be", "Name=a", "AmountUsd=1", "Period=day", "Scope:Tags:kind= ")]
    [InlineData("is no known key", "Name=a", "AmountUsd=1", "Period=day", "Scope:Colour=red")]
    public void What_cannot_be_meant_is_named(string problem, params string[] budget)
    {
        var reading = Read(budget);

        Assert.Contains(problem, Assert.Single(reading.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_wrong_is_named_at_once_and_names_differ_by_more_than_case()
    {
        var problems = ReadAll(
        [
            "Budgets:0:Name=Web", "Budgets:0:Period=day", "Budgets:0:AmountUsd=1",
            "Budgets:1:Name=WEB", "Budgets:1:Period=never", "Budgets:1:Measure=x", "Budgets:1:Thresholds:0=x",
        ]).Problems;

        Assert.Equal(5, problems.Count);
        Assert.Contains(problems, problem => problem.Contains(
            "Budgets:1:Name is that of TokenLedger:Budgets:0 too", StringComparison.Ordinal));
    }

    private static ConfigurationReading Read(params string[] budget) =>
        ReadAll([.. budget.Select(pair => $"Budgets:0:{pair}")]);

    private static ConfigurationReading ReadAll(string[] pairs) => ConfigurationReader.Inspect(
        null,
        pairs.Select(pair => pair.Split('=', 2)).ToDictionary(
            pair => "TokenLedger__" + pair[0].Replace(":", "__", StringComparison.Ordinal), pair => pair[1],
            StringComparer.Ordinal));
}
