using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.TokenLogs.Slices;

/// <summary>The routes of one file as one worker meets them. Bounded; not safe for several threads.</summary>
internal sealed class RouteTable(ModelNames models, UsageFileContext context, UsageEvidence evidence)
{
    private const int RecentMax = 16;
    private const int RoutesMax = 1024;

    private readonly List<Route> recent = new(RecentMax);
    private readonly Dictionary<RouteNames, Route> routes = [];
    private int oldest;

    /// <summary>The route of a record.</summary>
    public Route Of(in TokenUsageRecord record)
    {
        foreach (var route in recent)
        {
            if (route.Names.AreThoseOf(record))
                return route;
        }

        var names = new RouteNames(
            record.Provider, record.Model, record.Path, record.Purpose, record.DynamicSelector, record.ServiceTier);
        if (!routes.TryGetValue(names, out var found))
        {
            if (routes.Count >= RoutesMax)
                routes.Clear();
            found = new Route(names, models, context, evidence);
            routes.Add(names, found);
        }

        Remember(found);
        return found;
    }

    private void Remember(Route route)
    {
        if (recent.Count < RecentMax)
        {
            recent.Add(route);
            return;
        }

        recent[oldest] = route;
        oldest = (oldest + 1) % RecentMax;
    }
}
