using System.Globalization;
using Microsoft.Extensions.Configuration;
using TokenLedger.Application.Configuration;
using TokenLedger.Domain.Budgets;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.CreditPools;

namespace TokenLedger.Hosting.Configuration;

/// <summary>Reads <c>TokenLedger:Budgets</c>.</summary>
internal static class BudgetSection
{
    private const int BudgetsMax = 100;
    private const int NameLengthMax = 100;
    private const int ThresholdsMax = 20;
    private const decimal ThresholdPercentMax = 1_000m;

    // Ten million dollars: nano-credits of many of them still add up.
    private const decimal AmountUsdMax = 10_000_000m;
    private const decimal AmountAiCreditsMax = 1_000_000_000m;

    /// <summary>The budgets that can be read.</summary>
    /// <param name="root">The section <c>TokenLedger</c>.</param>
    /// <param name="sources">The bills' sources, for their credit pools and channels.</param>
    /// <param name="problems">What is wrong.</param>
    public static IReadOnlyList<Budget> ReadAll(
        IConfigurationSection root, IReadOnlyList<SourceConfiguration> sources, List<string> problems)
    {
        var sections = root.GetSection("Budgets").GetChildren().ToList();
        if (sections.Count > BudgetsMax)
            problems.Add(FormattableString.Invariant($"{root.Path}:Budgets are over {BudgetsMax}: leave some out"));
        var hasTeams = root.GetSection("Attribution").AsEnumerable().Any(pair =>
            pair.Key.EndsWith(":Team", StringComparison.OrdinalIgnoreCase) && !string.IsNullOrWhiteSpace(pair.Value));
        var budgets = new List<Budget>();
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var section in sections)
        {
            if (section["Name"] is { Length: > 0 } name && !names.TryAdd(name, section.Path))
                problems.Add($"{section.Path}:Name is that of {names[name]} too: names differ by more than case");
            if (Read(section, sources, hasTeams, problems) is { } budget)
                budgets.Add(budget);
        }

        return budgets;
    }

    private static Budget? Read(
        IConfigurationSection section, IReadOnlyList<SourceConfiguration> sources, bool hasTeams,
        List<string> problems)
    {
        var before = problems.Count;
        var name = section["Name"] ?? "";
        if (name.Length is 0 or > NameLengthMax
            || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_'))
            problems.Add($"{section.Path}:Name must be 1 to 100 letters, digits, '.', '-' and '_'");
        var (scope, pool) = BudgetScopeSection.Read(section.GetSection("Scope"), sources, hasTeams, problems);
        var period = Period(section, pool, problems);
        var limit = Limit(section, pool, problems);
        var budget = new Budget
        {
            Name = name,
            Scope = scope,
            Pool = pool,
            Period = period,
            RollingDays = RollingDays(section, period, problems),
            LimitNanoCredits = limit ?? 1,
            IsInUsd = section["AmountAiCredits"] is null,
            Measure = SectionValues.Choice(section, "Measure", BudgetMeasure.Gross, problems),
            Include = SectionValues.Choice(section, "Include", BudgetInclude.Runs, problems),
            Enforcement = SectionValues.Choice(section, "Enforcement", BudgetEnforcement.Soft, problems),
            FailsClosed = FailsClosed(section, problems),
        };
        if (Thresholds(section.GetSection("Thresholds"), problems) is { } thresholds)
            budget = budget with { ThresholdPercents = thresholds };
        return problems.Count == before ? budget : null;
    }

    private static BudgetPeriodKind Period(
        IConfigurationSection section, CreditPool? pool, List<string> problems)
    {
        var text = section["Period"];
        if (section["Scope:CreditPool"] is not null)
        {
            if (text is not null)
                problems.Add($"{section.Path}:Period: a budget of a credit pool lasts as its cycle; leave it out");
            if (pool is { CycleDay: null, From: { } from, To: { } to }
                && to.DayNumber - from.DayNumber > BudgetPeriods.DaysMax)
                problems.Add($"{section.Path}:Scope:CreditPool: a budget lasts {BudgetPeriods.DaysMax} days at most");
            return BudgetPeriodKind.Cycle;
        }

        if (text is not null && SectionValues.IsChoice<BudgetPeriodKind>(text)
            && Enum.Parse<BudgetPeriodKind>(text, ignoreCase: true) is not BudgetPeriodKind.Cycle and var period)
            return period;
        problems.Add($"{section.Path}:Period must be day, week, month or rolling");
        return BudgetPeriodKind.Month;
    }

    private static int RollingDays(IConfigurationSection section, BudgetPeriodKind period, List<string> problems)
    {
        var text = section["RollingDays"];
        if (period != BudgetPeriodKind.Rolling)
        {
            if (text is not null)
                problems.Add($"{section.Path}:RollingDays is only for the Period rolling");
            return 0;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            && days is >= 1 and <= BudgetPeriods.DaysMax)
            return days;
        problems.Add(FormattableString.Invariant(
            $"{section.Path}:RollingDays must be a number of days from 1 to {BudgetPeriods.DaysMax}"));
        return 1;
    }

    private static long? Limit(IConfigurationSection section, CreditPool? pool, List<string> problems)
    {
        switch (section["AmountUsd"], section["AmountAiCredits"])
        {
            case ({ } usd, null):
                return Amount(section, "AmountUsd", usd, AmountUsdMax, problems) is { } dollars
                    ? AiCredits.TruncateToNanoCredits(AiCredits.FromUsd(dollars)) : null;
            case (null, { } credits):
                return Amount(section, "AmountAiCredits", credits, AmountAiCreditsMax, problems) is { } amount
                    ? AiCredits.TruncateToNanoCredits(amount) : null;
            case (null, null) when section["Scope:CreditPool"] is not null:
                return pool?.GrantedNanoCredits;
            case (null, null):
                problems.Add($"{section.Path} needs an AmountUsd or AmountAiCredits");
                return null;
            default:
                problems.Add($"{section.Path} has AmountUsd and AmountAiCredits: give one of them");
                return null;
        }
    }

    private static decimal? Amount(
        IConfigurationSection section, string key, string text, decimal maximum, List<string> problems)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            && amount <= maximum && AiCredits.TruncateToNanoCredits(amount) > 0)
            return amount;
        problems.Add(FormattableString.Invariant(
            $"{section.Path}:{key} must be a number above 0 and at most {maximum}, such as 100 or 99.50"));
        return null;
    }

    // Null when nothing is configured.
    private static List<decimal>? Thresholds(IConfigurationSection section, List<string> problems)
    {
        var texts = SectionValues.Texts(section);
        if (texts.Count == 0)
            return null;
        var numbers = texts
            .Select(text => decimal.TryParse(
                text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .ToList();
        var isSound = numbers.TrueForAll(number => number is > 0 and <= ThresholdPercentMax)
            && numbers.Zip(numbers.Skip(1)).All(pair => pair.First < pair.Second);
        if (!isSound || numbers.Count > ThresholdsMax)
            problems.Add(FormattableString.Invariant(
                $"{section.Path} must be at most {ThresholdsMax} percentages above 0 and up to {ThresholdPercentMax}, ")
                + "each above the one before, such as 50, 80, 100");
        return numbers;
    }

    private static bool FailsClosed(IConfigurationSection section, List<string> problems)
    {
        switch (section["WhenIncomplete"]?.ToLowerInvariant())
        {
            case null or "allow":
                return false;
            case "deny":
                return true;
            default:
                problems.Add($"{section.Path}:WhenIncomplete must be allow or deny");
                return false;
        }
    }
}
