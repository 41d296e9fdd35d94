using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Billing;

/// <summary>What the user says about a bill file in flags. The file wins; a contradiction is an error.</summary>
public sealed record BillHints
{
    /// <summary>The GitHub organisation billed.</summary>
    public string? Organization { get; init; }

    /// <summary>The GitHub enterprise billed; the outermost wallet wins.</summary>
    public string? Enterprise { get; init; }

    /// <summary>The user who pays alone.</summary>
    public string? User { get; init; }

    /// <summary>The cost centre the file was filtered by.</summary>
    public string? CostCenter { get; init; }

    /// <summary>The UTC day, for answers that name none.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The channel, for a FOCUS file whose provider is not on the list.</summary>
    public Channel? Channel { get; init; }
}
