namespace TokenLedger.Domain.Outcomes;

/// <summary>A safe output that a run says it carried out. Null is not said.</summary>
/// <param name="Type">Its type, such as <c>create_pull_request</c>.</param>
/// <param name="Source">The file that says so.</param>
public sealed record ReportedItem(string Type, WorkSource Source)
{
    /// <summary>The number field.</summary>
    public long? Number { get; init; }

    /// <summary>The repository field as <c>owner/name</c>.</summary>
    public string? Repository { get; init; }

    /// <summary>What the address names; null when there is none, or it names neither.</summary>
    public WorkSubject? Addressed { get; init; }

    /// <summary>Whether the address is that of a pull request or of an issue.</summary>
    public WorkKind? AddressedKind { get; init; }
}
