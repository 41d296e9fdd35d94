namespace TokenLedger.Testing.Worlds.Faults;

/// <summary>How a provider misbehaves.</summary>
public enum FaultKind
{
    /// <summary>401: the token is not accepted.</summary>
    Unauthorized,

    /// <summary>403.</summary>
    Forbidden,

    /// <summary>404.</summary>
    NotFound,

    /// <summary>429, saying when to come again.</summary>
    RateLimited,

    /// <summary>429, not saying when.</summary>
    RateLimitedUnsaid,

    /// <summary>500.</summary>
    Failed,

    /// <summary>The body ends in the middle: the client refuses it.</summary>
    CutOff,

    /// <summary>The answer is a page for people: it reaches the reader.</summary>
    Page,

    /// <summary>An amount is no number: it reaches the reader.</summary>
    BadAmount,
}
