using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Spend;

/// <summary>
/// What one slice of a run, or a part of a bill that no run answers for, has cost on a day, as well as it is known.
/// </summary>
/// <remarks>
/// Lines of an account and day add up, per component, to its final bill; before that to the larger of the bill so far
/// and what runs are expected to be billed.
/// </remarks>
public sealed record SpendLine
{
    /// <summary>The wallet; null where no account with a known or configured bill pays.</summary>
    public BillingAccount? Account { get; init; }

    /// <summary>The UTC day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The kind of money.</summary>
    public SpendComponent Component { get; init; }

    /// <summary>Who bills.</summary>
    public required Channel Channel { get; init; }

    /// <summary>The run attempt; null for what no run answers for.</summary>
    public RunFacts? Run { get; init; }

    /// <summary>The slice; null for what no run answers for.</summary>
    public PricedSlice? Slice { get; init; }

    /// <summary>The charge; null for a slice.</summary>
    public Charge? Charge { get; init; }

    /// <summary>Why no run answers for it; null for a slice.</summary>
    public UnallocatedReason? UnallocatedReason { get; init; }

    /// <summary>How the spend is known.</summary>
    public required SpendState State { get; init; }

    /// <summary>Gross spend with its interval; null when unknown. Negative for a refund.</summary>
    public CalibratedAmount? Gross { get; init; }

    /// <summary>
    /// Net spend in nano-credits, where a bill tells all of it; null when unknown, which is never gross.
    /// </summary>
    public long? NetNanoCredits { get; init; }

    /// <summary>The gross of the bill so far in nano-credits; null when no bill answers for it.</summary>
    public long? BilledGrossNanoCredits { get; init; }

    /// <summary>The net of the bill so far in nano-credits; null when no bill answers for it or tells it.</summary>
    public long? BilledNetNanoCredits { get; init; }

    /// <summary>The normalised model, or the bill's own text; null when nobody names one.</summary>
    public string? Model => Slice?.Model ?? Charge?.Dimensions.Model.Text ?? Charge?.ModelText;

    /// <summary>The repository as <c>owner/name</c>; null when nobody names one.</summary>
    public string? Repository => Run?.Repository ?? Charge?.Dimensions.Repository.Text;

    /// <summary>The workflow file; null when nobody names one.</summary>
    public string? WorkflowPath => Run?.WorkflowPath ?? Charge?.Dimensions.WorkflowPath.Text;

    /// <summary>The cost centre; null when nobody names one.</summary>
    public string? CostCenter => Slice?.CostCenter ?? Charge?.Dimensions.CostCenter.Text;

    /// <summary>The login that a bill names for what no run answers for; null when it names none.</summary>
    public string? BilledUser => Charge?.Dimensions.User.Text;

    /// <summary>The estimate in AI credits, not calibrated; null when unpriced, and for a part of a bill.</summary>
    public decimal? EstimatedAiCredits => Slice?.EstimatedAiCredits?.Total;
}
