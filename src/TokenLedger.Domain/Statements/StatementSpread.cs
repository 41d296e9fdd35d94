namespace TokenLedger.Domain.Statements;

/// <summary>The rule by which what no run answers for is spread over groups.</summary>
public enum StatementSpread
{
    /// <summary>Not at all: it stays a row of its own.</summary>
    None,

    /// <summary>In proportion to what the groups themselves were billed.</summary>
    BySpend,

    /// <summary>To every group alike.</summary>
    Even,

    /// <summary>By the weights that are configured for the groups; a group without one gets nothing.</summary>
    ByWeight,
}
