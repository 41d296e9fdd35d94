using System.Globalization;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Ingestion.Billing;

/// <summary>
/// What the address of a stored answer says: the endpoint, whose bill, and the filters that the body does not echo.
/// </summary>
/// <remarks>Paths: <c>/organizations/{org}</c>, <c>/enterprises/{slug}</c> or <c>/users/{login}</c>, then
/// <c>/settings/billing/…</c> (GitHub REST description 2026-03-10).</remarks>
internal sealed record AnswerAddress
{
    private const int MostParameters = 100;

    public BillView? View { get; private init; }

    public string? Organization { get; private init; }

    public string? Enterprise { get; private init; }

    public string? User { get; private init; }

    public string? CostCenterId { get; private init; }

    public DateOnly? Day { get; private init; }

    /// <summary>An address; one that says nothing when the text is none.</summary>
    public static AnswerAddress Of(string? url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
            return new AnswerAddress();
        var parts = address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var query = Query(address.Query);
        return new AnswerAddress
        {
            View = ViewOf(address.AbsolutePath),
            Organization = After(parts, "organizations"),
            Enterprise = After(parts, "enterprises"),
            User = After(parts, "users"),
            CostCenterId = query.GetValueOrDefault("cost_center_id"),
            Day = DayOf(query),
        };
    }

    private static BillView? ViewOf(string path) => path.TrimEnd('/') switch
    {
        var end when end.EndsWith("/ai_credit/usage", StringComparison.Ordinal) => BillView.AiCreditUsage,
        var end when end.EndsWith("/premium_request/usage", StringComparison.Ordinal) => BillView.PremiumRequestUsage,
        var end when end.EndsWith("/usage/summary", StringComparison.Ordinal) => BillView.UsageSummary,
        var end when end.EndsWith("/billing/usage", StringComparison.Ordinal) => BillView.Usage,
        _ => null,
    };

    private static string? After(string[] parts, string name)
    {
        var at = Array.IndexOf(parts, name);
        return at >= 0 && at + 1 < parts.Length ? Uri.UnescapeDataString(parts[at + 1]) : null;
    }

    private static Dictionary<string, string> Query(string query)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.TrimStart('?').Split('&', MostParameters))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && equals + 1 < pair.Length)
                parameters[pair[..equals]] = Uri.UnescapeDataString(pair[(equals + 1)..]);
        }

        return parameters;
    }

    private static DateOnly? DayOf(Dictionary<string, string> query)
    {
        var text = string.Join(
            '-', query.GetValueOrDefault("year"), query.GetValueOrDefault("month"), query.GetValueOrDefault("day"));
        return DateOnly.TryParseExact(text, "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;
    }
}
