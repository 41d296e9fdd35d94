using System.Globalization;
using System.Security.Cryptography;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Headroom;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Headroom;

/// <summary>Reads a question for headroom as people and workflows ask it.</summary>
public static class HeadroomQuestion
{
    // Over any bill, and far below what the figures hold.
    private const decimal AmountUsdMax = 1_000_000m;
    private const int IdBytes = 12;
    private const int MinutesMax = 24 * 60;

    /// <summary>The question; null with what is wrong with it.</summary>
    /// <param name="estimateUsd">
    /// What the run is expected to cost, in US dollars, 0 or more; null when nobody says.
    /// </param>
    /// <param name="run">The run attempt as <c>OWNER/NAME/RUNID/ATTEMPT</c>; null for none.</param>
    /// <param name="host">The run's host; null for the public one.</param>
    /// <param name="reserves"><c>true</c> or <c>false</c>; null for true.</param>
    /// <param name="expiresMinutes">For how long room is held, 1 to 1,440; null for two hours.</param>
    /// <param name="problems">Gets what is wrong.</param>
    public static HeadroomRequest? Read(
        string? estimateUsd, string? run, string? host, string? reserves, string? expiresMinutes,
        List<string> problems)
    {
        var before = problems.Count;
        decimal? estimate = null;
        if (estimateUsd is not null)
        {
            if (decimal.TryParse(
                estimateUsd, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var usd)
                && usd <= AmountUsdMax)
                estimate = usd;
            else
                problems.Add("estimateUsd must be US dollars from 0 to 1000000, such as 0.25");
        }

        var key = run is null ? null : RunOf(run, host);
        if (run is not null && key is null)
            problems.Add("run must be OWNER/NAME/RUNID/ATTEMPT");
        var holds = true;
        if (reserves is not null && !bool.TryParse(reserves, out holds))
            problems.Add("reserve must be true or false");
        var expiry = HeadroomRequest.UsualExpiry;
        if (expiresMinutes is not null)
        {
            if (int.TryParse(expiresMinutes, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
                && minutes is >= 1 and <= MinutesMax)
                expiry = TimeSpan.FromMinutes(minutes);
            else
                problems.Add("expiresMinutes must be a whole number from 1 to 1440");
        }

        return problems.Count > before ? null : new HeadroomRequest(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)),
            estimate is { } amount ? AiCredits.NanoCreditsFromUsd(amount) : null, key, holds, expiry);
    }

    private static RunKey? RunOf(string text, string? host) =>
        text.Split('/') is [var owner, var name, var id, var attempt]
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var runId)
        && int.TryParse(attempt, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && RunIdentity.Of(host ?? RunKey.PublicHost, $"{owner}/{name}", runId, number) is { } identity
            ? new RunKey(identity.Host, identity.RunId, identity.Attempt)
            : null;
}
