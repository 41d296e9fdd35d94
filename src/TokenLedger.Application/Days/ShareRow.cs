using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Days;

/// <summary>A stored share: the part of one charge that one slice of a run answers for.</summary>
/// <param name="ChargeId">The charge.</param>
/// <param name="Run">The run attempt.</param>
/// <param name="Repository">The run's repository as <c>owner/name</c>.</param>
/// <param name="WorkflowPath">The run's workflow file; null when unknown.</param>
/// <param name="Phase">The slice's phase.</param>
/// <param name="Purpose">The slice's purpose.</param>
/// <param name="Channel">Who bills.</param>
/// <param name="Model">The normalised model.</param>
/// <param name="IsAutoSelected">Whether automatic selection chose the model.</param>
/// <param name="ServiceTier">The service tier.</param>
/// <param name="ContextBand">The context band.</param>
/// <param name="GrossNanoCredits">The gross part.</param>
/// <param name="NetNanoCredits">The net part; null when the charge's net is unknown.</param>
/// <param name="LowNanoCredits">The lower bound of the gross part.</param>
/// <param name="HighNanoCredits">The upper bound of the gross part.</param>
/// <param name="Method">How it was found.</param>
/// <param name="Confidence">How sure it is.</param>
/// <param name="Reasons">Why it is no surer: stable codes in ordinal order, joined by a comma; else empty.</param>
public sealed record ShareRow(
    string ChargeId,
    RunKey Run,
    string Repository,
    string? WorkflowPath,
    Phase Phase,
    Purpose Purpose,
    Channel Channel,
    string Model,
    bool IsAutoSelected,
    string ServiceTier,
    string ContextBand,
    long GrossNanoCredits,
    long? NetNanoCredits,
    long LowNanoCredits,
    long HighNanoCredits,
    AllocationMethod Method,
    Confidence Confidence,
    string Reasons)
{
    /// <summary>The slice within the day, without the run: part of the row's key.</summary>
    public string SliceKey => string.Join(
        '|', Phase, Purpose, Channel, Model, IsAutoSelected ? "auto" : "named", ServiceTier, ContextBand);

    /// <summary>Whether it is of a slice of the same run and day.</summary>
    public bool IsOf(PricedSlice slice) => Phase == slice.Phase && Purpose == slice.Purpose
        && Channel == slice.Channel && IsAutoSelected == slice.IsAutoSelected
        && string.Equals(Model, slice.Model, StringComparison.Ordinal)
        && string.Equals(ServiceTier, slice.ServiceTier, StringComparison.Ordinal)
        && string.Equals(ContextBand, slice.ContextBand, StringComparison.Ordinal);

    /// <summary>A share of a reconciliation as a row.</summary>
    public static ShareRow Of(Share share) => new(
        share.Charge.Id,
        share.Slice.Run.Key,
        share.Slice.Run.Repository,
        share.Slice.Run.WorkflowPath,
        share.Slice.Phase,
        share.Slice.Purpose,
        share.Slice.Channel,
        share.Slice.Model,
        share.Slice.IsAutoSelected,
        share.Slice.ServiceTier,
        share.Slice.ContextBand,
        share.GrossNanoCredits,
        share.NetNanoCredits,
        share.LowNanoCredits,
        share.HighNanoCredits,
        share.Method,
        share.Confidence,
        string.Join(',', share.Reasons));
}
