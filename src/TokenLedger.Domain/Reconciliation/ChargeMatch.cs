using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>Whether a charge's dimensions can mean a slice, or a run of which no tokens are known.</summary>
internal static class ChargeMatch
{
    /// <summary>Every dimension that the charge names is equal to the slice's.</summary>
    public static bool Matches(ChargeDimensions named, PricedSlice slice) =>
        MatchesRun(named, slice.Run)
        && named.Repository.Admits(slice.Run.Repository)
        && named.WorkflowPath.Admits(slice.Run.WorkflowPath)
        && named.Workspace.Admits(slice.Workspace)
        && named.Project.Admits(slice.Project)
        && named.ApiKey.Admits(slice.ApiKey)
        && AdmitsUnlessUnknown(named.CostCenter, slice.CostCenter)
        && named.Model.Admits(slice.Model)
        && named.ServiceTier.Admits(slice.ServiceTier)
        && named.ContextBand.Admits(slice.ContextBand);

    /// <summary>
    /// A run without telemetry could have spent in the bucket: nothing that is known of it speaks against.
    /// </summary>
    public static bool CouldMatch(ChargeDimensions named, RunFacts run) =>
        MatchesRun(named, run)
        && named.Repository.Admits(run.Repository)
        && AdmitsUnlessUnknown(named.WorkflowPath, run.WorkflowPath);

    private static bool MatchesRun(ChargeDimensions named, RunFacts run) =>
        MatchesOrganization(named, run) && MatchesPayer(named.User, run.Payer);

    // A personal seat is billed to the organisation that granted it, wherever the repository lives; so the
    // organisation of a row that names a user says nothing about the run's owner.
    private static bool MatchesOrganization(ChargeDimensions named, RunFacts run) =>
        named.User.State == DimensionState.Value || named.Organization.Admits(run.Owner);

    private static bool MatchesPayer(Dimension user, Payer payer) => user.State switch
    {
        DimensionState.NotNamed => true,
        DimensionState.Nobody => payer.Kind is PayerKind.Organization or PayerKind.Unknown,
        _ => payer.Kind == PayerKind.User && user.Admits(payer.Login),
    };

    // Cost centres are assigned outside of what a run records. Where configuration does not tell a run's cost centre,
    // the other dimensions decide, and the grade says so.
    private static bool AdmitsUnlessUnknown(Dimension dimension, string? ours) =>
        ours is null || dimension.Admits(ours);
}
