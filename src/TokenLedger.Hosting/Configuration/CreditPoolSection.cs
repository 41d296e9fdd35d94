using System.Globalization;
using Microsoft.Extensions.Configuration;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.CreditPools;

namespace TokenLedger.Hosting.Configuration;

/// <summary>Reads <c>TokenLedger:Sources:N:CreditPools</c>.</summary>
internal static class CreditPoolSection
{
    // Ten million dollars: nano-credits of more cycles still fit.
    private const decimal AmountUsdMax = 10_000_000m;
    private const int PoolsMax = 20;

    public static IReadOnlyList<CreditPool> ReadAll(
        IConfigurationSection source, string? kind, List<string> problems)
    {
        var sections = source.GetSection("CreditPools").GetChildren().ToList();
        if (sections.Count > 0 && string.Equals(kind, BillingAccount.GitHub, StringComparison.Ordinal))
            problems.Add($"{source.Path}:CreditPools: what GitHub includes is configured as Included");
        if (sections.Count > PoolsMax)
            problems.Add(FormattableString.Invariant($"{source.Path}:CreditPools are over {PoolsMax}: leave some out"));
        return [.. sections.Select(section => Read(section, problems)).OfType<CreditPool>()];
    }

    private static CreditPool? Read(IConfigurationSection section, List<string> problems)
    {
        var before = problems.Count;
        var name = section["Name"]?.Trim();
        if (string.IsNullOrEmpty(name))
            problems.Add($"{section.Path} needs a Name");
        var isAmount = decimal.TryParse(
            section["AmountUsd"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amountUsd);
        if (!isAmount || amountUsd is <= 0 or > AmountUsdMax)
            problems.Add($"{section.Path}:AmountUsd must be a number of US dollars above 0, such as 100 or 99.50");
        int? cycleDay = null;
        if (section["CycleDay"] is { } text)
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var day)
                && day is >= 1 and <= 31)
                cycleDay = day;
            else
                problems.Add($"{section.Path}:CycleDay must be a day of the month from 1 to 31");
        }

        var (from, to) = (SectionValues.Day(section, "From", problems), SectionValues.Day(section, "To", problems));
        if (from >= to)
            problems.Add($"{section.Path}:To is exclusive and must be after From");
        if (problems.Count == before && cycleDay is null && (from is null || to is null))
            problems.Add($"{section.Path} needs a CycleDay, or From and To of the one time that it is granted for");
        return problems.Count > before ? null : new CreditPool
        {
            Name = name!,
            GrantedNanoCredits = AiCredits.TruncateToNanoCredits(AiCredits.FromUsd(amountUsd)),
            CycleDay = cycleDay,
            From = from,
            To = to,
        };
    }
}
