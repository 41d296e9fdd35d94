using TokenLedger.Domain.Charges;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>
/// The user's word that charges naming these values bill nothing but known runs: no chat, no other tool.
/// </summary>
/// <remarks>Null matches any charge; a scope of nulls only declares the whole account.</remarks>
public sealed record ExclusiveScope
{
    /// <summary>Anthropic's workspace.</summary>
    public string? Workspace { get; init; }

    /// <summary>OpenAI's project.</summary>
    public string? Project { get; init; }

    /// <summary>The API key's id.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The user's login.</summary>
    public string? User { get; init; }

    /// <summary>The cost centre's name.</summary>
    public string? CostCenter { get; init; }

    /// <summary>The repository as <c>owner/name</c>.</summary>
    public string? Repository { get; init; }

    /// <summary>Whether the charge names every value of the scope.</summary>
    public bool Covers(ChargeDimensions dimensions) =>
        Names(Workspace, dimensions.Workspace)
        && Names(Project, dimensions.Project)
        && Names(ApiKey, dimensions.ApiKey)
        && Names(User, dimensions.User)
        && Names(CostCenter, dimensions.CostCenter)
        && Names(Repository, dimensions.Repository);

    private static bool Names(string? wanted, Dimension dimension) =>
        wanted is null || (dimension.State == DimensionState.Value && dimension.Admits(wanted));
}
