using TokenLedger.Domain.Usage;

namespace TokenLedger.Testing.Worlds.Bills;

/// <summary>One line of the bill at the finest grain there is, with its history.</summary>
public sealed record BillLine
{
    /// <summary>The UTC day of the usage.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>What it is for.</summary>
    public required BillItem Item { get; init; }

    /// <summary>The organisation billed.</summary>
    public required string Organization { get; init; }

    /// <summary>The person; null where the organisation is billed without one.</summary>
    public string? User { get; init; }

    /// <summary>The cost centre; null for none.</summary>
    public string? CostCenter { get; init; }

    /// <summary>The repository; null for people.</summary>
    public string? Repository { get; init; }

    /// <summary>The workflow file; null for people.</summary>
    public string? WorkflowPath { get; init; }

    /// <summary>The model as the bill spells it; null for what has none.</summary>
    public string? Model { get; init; }

    /// <summary>Whether the line takes money back.</summary>
    public bool IsRefund { get; init; }

    /// <summary>The final gross amount; negative for a refund.</summary>
    public required long GrossNanoCredits { get; init; }

    /// <summary>The final net amount, after included credits.</summary>
    public long NetNanoCredits { get; init; }

    /// <summary>The final tokens.</summary>
    public TokenCounts Tokens { get; init; }

    /// <summary>What it shows when, in order of time; the last one is final.</summary>
    public required IReadOnlyList<BillStep> Steps { get; init; }

    /// <summary>Whether it is a part of the AI credits.</summary>
    public bool IsAiCredits => Item is BillItem.Credits or BillItem.CodeReview or BillItem.CloudAgent;

    /// <summary>The line as it is shown at a time; null while it is not.</summary>
    public ShownLine? At(DateTimeOffset now)
    {
        int? percent = null;
        foreach (var step in Steps)
        {
            if (step.At <= now)
                percent = step.Percent;
        }

        return percent is not { } shown ? null
            : shown == 100 ? new ShownLine(this, GrossNanoCredits, NetNanoCredits, Tokens)
            : new ShownLine(
                this, Part(GrossNanoCredits, shown), Part(NetNanoCredits, shown),
                new TokenCounts(
                    Part(Tokens.Input, shown), Part(Tokens.Output, shown), Part(Tokens.CacheRead, shown),
                    Part(Tokens.CacheWrite5m, shown)));
    }

    private static long Part(long whole, int percent) => (long)((Int128)whole * percent / 100);
}
