namespace TokenLedger.Ingestion.Billing;

/// <summary>What an answer or report says of all of its rows.</summary>
internal sealed record GitHubRowScope
{
    public required KnownTexts Texts { get; init; }

    /// <summary>The day of rows that name none.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The organisation of rows that name none.</summary>
    public string? Organization { get; init; }

    /// <summary>The user the answer was filtered by.</summary>
    public string? User { get; init; }

    /// <summary>The repository the answer was filtered by.</summary>
    public string? Repository { get; init; }

    /// <summary>The cost centre the answer was filtered by.</summary>
    public string? CostCenter { get; init; }

    /// <summary>Whether an empty user says that the organisation is billed without one.</summary>
    public bool EmptyUserIsNobody { get; init; }
}
