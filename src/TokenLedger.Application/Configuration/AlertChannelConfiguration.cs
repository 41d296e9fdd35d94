using TokenLedger.Domain.Alerting;

namespace TokenLedger.Application.Configuration;

/// <summary>One way by which people are told.</summary>
public sealed record AlertChannelConfiguration
{
    /// <summary>The label of issues when none is configured.</summary>
    public const string DefaultLabel = "tokenledger";

    /// <summary>Its name: 1 to 50 small letters, digits, <c>.</c>, <c>-</c> and <c>_</c>; unique.</summary>
    public required string Name { get; init; }

    /// <summary>By what.</summary>
    public required AlertChannelKind Kind { get; init; }

    /// <summary>The repository of issues as <c>owner/name</c>; null for every other kind.</summary>
    public string? Repository { get; init; }

    /// <summary>The label of issues, by which they are found again.</summary>
    public string Label { get; init; } = DefaultLabel;

    /// <summary>The address of a webhook, which is worth the right to write there; null for every other kind.</summary>
    public Secret? Url { get; init; }

    /// <summary>The names of the budgets that are told; empty for all.</summary>
    public IReadOnlyList<string> Budgets { get; init; } = [];

    /// <summary>Whether findings are told.</summary>
    public bool Findings { get; init; } = true;

    /// <summary>Whether an event is told by it.</summary>
    public bool Takes(AlertEvent told)
    {
        ArgumentNullException.ThrowIfNull(told);
        return told.Budget is { } budget
            ? Budgets.Count == 0 || Budgets.Contains(budget, StringComparer.OrdinalIgnoreCase)
            : told.Kind != AlertEventKind.Finding || Findings;
    }
}
