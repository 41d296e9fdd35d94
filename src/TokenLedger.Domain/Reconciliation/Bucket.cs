using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>The basis charges of one match key: they see the same slices and are split by the same weights.</summary>
internal sealed class Bucket
{
    private const string NotNamed = "~";

    private Bucket(string key, Channel channel, ChargeDimensions dimensions, IReadOnlyList<Charge> charges)
    {
        Key = key;
        Channel = channel;
        Dimensions = dimensions;
        Charges = charges;
        NamedDimensions = Named(dimensions);
    }

    public string Key { get; }

    public Channel Channel { get; }

    public ChargeDimensions Dimensions { get; }

    /// <summary>The charges, ordered by id.</summary>
    public IReadOnlyList<Charge> Charges { get; }

    public int NamedDimensions { get; }

    public long BilledNanoCredits => Charges.Aggregate(0L, (sum, charge) => checked(sum + charge.GrossNanoCredits));

    /// <summary>
    /// Narrows the money to one place where runs are: a repository, a workflow, or automation without a user.
    /// </summary>
    public bool NamesPlace =>
        Dimensions.Repository.State == DimensionState.Value
        || Dimensions.WorkflowPath.State == DimensionState.Value
        || Dimensions.User.State == DimensionState.Nobody;

    /// <summary>Names nothing that separates one team's usage from another's.</summary>
    public bool IsAccountWide =>
        !NamesPlace
        && !Dimensions.User.IsNamed && !Dimensions.CostCenter.IsNamed
        && !Dimensions.Workspace.IsNamed && !Dimensions.Project.IsNamed && !Dimensions.ApiKey.IsNamed;

    /// <summary>
    /// The buckets of these charges in the order in which they are served: the narrowest first, then by key.
    /// </summary>
    public static IReadOnlyList<Bucket> Of(IEnumerable<Charge> charges) => [.. charges
        .GroupBy(charge => KeyOf(charge), StringComparer.Ordinal)
        .Select(group =>
        {
            var ordered = group.OrderBy(charge => charge.Id, StringComparer.Ordinal).ToList();
            return new Bucket(group.Key, ordered[0].Channel, ordered[0].Dimensions, ordered);
        })
        .OrderByDescending(bucket => bucket.NamedDimensions)
        .ThenBy(bucket => bucket.Key, StringComparer.Ordinal)];

    // Values are compared without case, and a separator inside one must not make two keys alike. Of two rows that name
    // equally much the one that says more about where the money went is served first: dimensions stand in that order,
    // and "~" sorts what is not named behind every value.
    private static string KeyOf(Charge charge)
    {
        var named = charge.Dimensions;
        return string.Join(
            '|',
            charge.Channel,
            Part(named.WorkflowPath), Part(named.Repository), Part(named.ApiKey), Part(named.Workspace),
            Part(named.Project), Part(named.User), Part(named.CostCenter), Part(named.Organization),
            Part(named.Model), named.TokenKind?.ToString() ?? NotNamed, Part(named.ServiceTier),
            Part(named.ContextBand));
    }

    private static string Part(Dimension dimension) => !dimension.IsNamed ? NotNamed : dimension.ToString()
        .ToLowerInvariant()
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("|", "%7c", StringComparison.Ordinal);

    private static int Named(ChargeDimensions dimensions) => new[]
    {
        dimensions.Organization, dimensions.Repository, dimensions.WorkflowPath, dimensions.User, dimensions.CostCenter,
        dimensions.Workspace, dimensions.Project, dimensions.ApiKey, dimensions.Model, dimensions.ServiceTier,
        dimensions.ContextBand,
    }.Count(dimension => dimension.IsNamed) + (dimensions.TokenKind is null ? 0 : 1);
}
