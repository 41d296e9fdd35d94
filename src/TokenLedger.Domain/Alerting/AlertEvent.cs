namespace TokenLedger.Domain.Alerting;

/// <summary>
/// Something that people are told once. The same fact has the same key, whoever derives it, how often and when.
/// </summary>
public sealed record AlertEvent
{
    /// <summary>
    /// What it belongs to: a budget in a period, a workflow in a week. Letters, digits and <c>/ . - _</c>, up to 200.
    /// </summary>
    public required string Group { get; init; }

    /// <summary>The first UTC day of that period or week.</summary>
    public required DateOnly GroupFrom { get; init; }

    /// <summary>Which event of the group; up to 100 characters like those of the group.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Events of one group and topic go up a ladder: whoever was told of one needs to hear of no lower one.
    /// </summary>
    public required string Topic { get; init; }

    /// <summary>The step of that ladder.</summary>
    public decimal Rank { get; init; }

    /// <summary>What it tells of.</summary>
    public required AlertEventKind Kind { get; init; }

    /// <summary>How soon somebody should look.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>What the group is, for people: one line of up to 200 characters. Hostile text.</summary>
    public required string Subject { get; init; }

    /// <summary>What happened: one line of up to 200 characters. Hostile text.</summary>
    public required string Title { get; init; }

    /// <summary>The figures: up to 20 lines of up to 500 characters each. Hostile text.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>Where to look further; null for nowhere. An https address, its parts percent-encoded.</summary>
    public Uri? Link { get; init; }

    /// <summary>The budget's name; null for an event of no budget.</summary>
    public string? Budget { get; init; }

    /// <summary>The key.</summary>
    public string Key => $"{Group}/{Name}";
}
