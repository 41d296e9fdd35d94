using System.Globalization;
using Microsoft.Extensions.Configuration;
using TokenLedger.Domain.IncludedCredits;

namespace TokenLedger.Hosting.Configuration;

/// <summary>Reads one of <c>TokenLedger:Sources:N:Included</c>.</summary>
internal static class IncludedSection
{
    public static IncludedGrant Read(IConfigurationSection section, List<string> problems)
    {
        var plan = PlanOf(section, problems);
        var seats = CountOf(section, "Seats", problems);
        var pool = CountOf(section, "AiCredits", problems);
        if ((plan is null) != (seats is null))
            problems.Add($"{section.Path} needs both a Plan and its Seats, or neither");
        if (plan is null && seats is null && pool is null)
            problems.Add($"{section.Path} grants nothing: give it a Plan and Seats, or AiCredits");
        var isPromotional = false;
        if (section["Promotional"] is { } text && !bool.TryParse(text, out isPromotional))
            problems.Add($"{section.Path}:Promotional must be true or false");
        var (from, to) = (SectionValues.Day(section, "From", problems), SectionValues.Day(section, "To", problems));
        if (from >= to)
            problems.Add($"{section.Path}:To is exclusive and must be after From");
        return new IncludedGrant
        {
            Plan = plan,
            Seats = seats ?? 0,
            IsPromotional = isPromotional,
            PoolAiCredits = pool,
            CostCenter = section["CostCenter"],
            From = from,
            To = to,
        };
    }

    private static SeatPlan? PlanOf(IConfigurationSection section, List<string> problems)
    {
        switch (section["Plan"]?.Trim().ToLowerInvariant())
        {
            case null:
                return null;
            case "business":
                return SeatPlan.Business;
            case "enterprise":
                return SeatPlan.Enterprise;
            default:
                problems.Add($"{section.Path}:Plan must be business or enterprise");
                return null;
        }
    }

    private static int? CountOf(IConfigurationSection section, string key, List<string> problems)
    {
        if (section[key] is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return count;
        problems.Add($"{section.Path}:{key} must be a whole number from 0");
        return null;
    }
}
