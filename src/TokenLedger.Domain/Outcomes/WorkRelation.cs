namespace TokenLedger.Domain.Outcomes;

/// <summary>What a run had to do with a pull request or issue; the first that holds is its relation.</summary>
public enum WorkRelation
{
    /// <summary>The run opened it.</summary>
    Created,

    /// <summary>The run was for it, changed it or pushed to it.</summary>
    WorkedOn,

    /// <summary>The run reviewed it.</summary>
    Reviewed,

    /// <summary>The run wrote a comment there.</summary>
    Commented,
}
