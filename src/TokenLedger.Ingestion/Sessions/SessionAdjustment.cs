using System.Globalization;
using TokenLedger.Domain;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Sessions;

/// <summary>
/// Lets complete sessions that know more than the proxy correct its records: session minus proxy, without routing
/// calls, per model and kind, spread over the slices by their uncached input.
/// </summary>
/// <remarks>
/// The proxy loses cache writes on streamed <c>/responses</c> (AWF v0.28.4 to v0.28.50, observed 2026-10). A session
/// that knows less, or whose models cannot be told, changes nothing.
/// </remarks>
internal sealed class SessionAdjustment(ModelNames names)
{
    public List<Notice> Notices { get; } = [];

    /// <summary>Cache-write tokens that the sessions counted and the proxy lost.</summary>
    public long LostCacheWriteTokens { get; private set; }

    /// <summary>
    /// The slices of one attempt and phase after the sessions of that attempt and phase had their say.
    /// </summary>
    public IReadOnlyList<UsageSlice> Apply(IReadOnlyList<UsageSlice> slices, IReadOnlyList<SessionRecord> sessions)
    {
        if (slices.Count == 0 || sessions.Count == 0
            || sessions.Any(session => !session.IsComplete || session.Models.Count == 0))
            return slices;
        var counted = slices.Where(slice => slice.Purpose != Purpose.Routing)
            .GroupBy(slice => slice.Model, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => group.Aggregate(default(TokenCounts), (sum, slice) => sum + slice.Tokens),
                StringComparer.Ordinal);
        if (SessionTotals(sessions, counted) is not { } said)
            return slices;
        if (counted.Any(model => said.GetValueOrDefault(model.Key).Total < model.Value.Total))
        {
            Notices.Add(new Notice("session-knows-less",
                "The agent's session counts fewer tokens than the proxy; the proxy's records stand."));
            return slices;
        }

        var adjusted = new List<UsageSlice>(slices);
        foreach (var (model, tokens) in said.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            Adjust(adjusted, model, tokens, counted[model]);
        return adjusted;
    }

    private Dictionary<string, TokenCounts>? SessionTotals(
        IReadOnlyList<SessionRecord> sessions, Dictionary<string, TokenCounts> counted)
    {
        var totals = new Dictionary<string, TokenCounts>(StringComparer.Ordinal);
        foreach (var model in sessions.SelectMany(session => SessionModels.Resolved(session, names)))
        {
            var name = model.Name ?? (counted.Count == 1 ? counted.Keys.First() : null);
            if (name is null || !counted.ContainsKey(name))
            {
                ReportUnlessEqual(sessions, counted);
                return null;
            }

            totals[name] = totals.GetValueOrDefault(name) + model.Tokens;
        }

        return totals;
    }

    private void ReportUnlessEqual(IReadOnlyList<SessionRecord> sessions, Dictionary<string, TokenCounts> counted)
    {
        var said = sessions.Aggregate(default(TokenCounts), static (sum, session) => sum + session.Tokens);
        var known = counted.Values.Aggregate(default(TokenCounts), static (sum, tokens) => sum + tokens);
        if (said.Total != known.Total || said.CacheWrite != known.CacheWrite)
            Note("session-models-differ",
                $"The agent's session counts {said.Total} tokens and the proxy {known.Total}, ",
                "under models that cannot be matched; the proxy's records stand.");
    }

    private void Adjust(List<UsageSlice> slices, string model, TokenCounts said, TokenCounts counted)
    {
        // A session without the split by life time keeps the proxy's one-hour writes.
        var hour = Math.Min(Math.Max(said.CacheWrite1h, counted.CacheWrite1h), said.CacheWrite);
        var difference = (said with { CacheWrite1h = hour, CacheWrite5m = said.CacheWrite - hour }) - counted;
        var lost = Math.Max(0, said.CacheWrite - counted.CacheWrite);
        var places = new List<int>();
        for (var i = 0; i < slices.Count; i++)
        {
            if (slices[i].Purpose != Purpose.Routing && string.Equals(slices[i].Model, model, StringComparison.Ordinal))
                places.Add(i);
        }

        Spread(slices, places, difference);
        LostCacheWriteTokens += lost;
        if (lost > 0)
            Note("cache-writes-lost",
                $"The proxy lost {lost:N0} cache-write tokens of {model} that the agent's session counted; ",
                "they were taken from the session.");
        if (difference.Total > 0)
            Note("session-knows-more",
                $"The agent's session counted {difference.Total} tokens of {model} more than the proxy; ",
                "they were added.");
    }

    private void Note(string code, FormattableString figures, string consequence) =>
        Notices.Add(new Notice(code, figures.ToString(CultureInfo.InvariantCulture) + consequence));

    private static void Spread(List<UsageSlice> slices, List<int> places, TokenCounts difference)
    {
        places.Sort((a, b) => SliceOrder.Instance.Compare(slices[a], slices[b]));
        var parts = TokenSpread.Of(places.ConvertAll(place => slices[place].Tokens), difference);
        for (var i = 0; i < places.Count; i++)
            slices[places[i]] = slices[places[i]] with { Tokens = parts[i], UnresolvedCacheTokens = 0 };
    }
}
