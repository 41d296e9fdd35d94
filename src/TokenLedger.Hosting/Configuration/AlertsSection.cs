using System.Globalization;
using Microsoft.Extensions.Configuration;
using TokenLedger.Application.Configuration;
using TokenLedger.Domain.Credits;

namespace TokenLedger.Hosting.Configuration;

/// <summary>Reads <c>TokenLedger:Alerts</c>.</summary>
internal static class AlertsSection
{
    private const int CooldownMinutesMax = 1_440;
    private const decimal AtLeastUsdMax = 1_000_000m;

    public static AlertsConfiguration Read(
        IConfigurationSection section, GitHubConfiguration github, List<string> problems)
    {
        var channels = section.GetSection("Channels").GetChildren()
            .Select(channel => AlertChannelSection.Read(channel, github, problems))
            .ToList();
        foreach (var name in channels
            .GroupBy(channel => channel.Name, StringComparer.Ordinal)
            .Where(group => group.Count() > 1))
            problems.Add($"{section.Path}:Channels: two are called '{name.Key}': give each a Name of its own");
        var none = new AlertsConfiguration();
        return new AlertsConfiguration
        {
            Cooldown = Cooldown(section, problems) ?? none.Cooldown,
            FindingsAtLeastNanoCredits = AtLeast(section, problems) ?? none.FindingsAtLeastNanoCredits,
            Channels = channels,
        };
    }

    private static TimeSpan? Cooldown(IConfigurationSection section, List<string> problems)
    {
        if (section["CooldownMinutes"] is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            && minutes <= CooldownMinutesMax)
            return TimeSpan.FromMinutes(minutes);
        problems.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{section.Path}:CooldownMinutes must be a number of minutes from 0 to {CooldownMinutesMax}"));
        return null;
    }

    private static long? AtLeast(IConfigurationSection section, List<string> problems)
    {
        if (section["FindingsAtLeastUsd"] is not { } text)
            return null;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var usd)
            && usd <= AtLeastUsdMax)
            return AiCredits.NanoCreditsFromUsd(usd);
        problems.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{section.Path}:FindingsAtLeastUsd must be US dollars from 0 to {AtLeastUsdMax}, such as 2.50"));
        return null;
    }
}
