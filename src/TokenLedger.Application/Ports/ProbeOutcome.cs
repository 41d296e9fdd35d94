namespace TokenLedger.Application.Ports;

/// <summary>How a provider took a question that was asked to see whether it may be asked.</summary>
public enum ProbeOutcome
{
    /// <summary>It answered in the form that was expected.</summary>
    Answered,

    /// <summary>It does not know the credential (401).</summary>
    Unauthorized,

    /// <summary>It forbids (403).</summary>
    Forbidden,

    /// <summary>It shows no such thing (404).</summary>
    NotFound,

    /// <summary>It names another address (3xx).</summary>
    Moved,

    /// <summary>It refuses the request as such (other 4xx).</summary>
    Rejected,

    /// <summary>It was asked too often (429, or 403 that says so).</summary>
    RateLimited,

    /// <summary>It failed (5xx).</summary>
    Failed,

    /// <summary>No answer came.</summary>
    Unreachable,

    /// <summary>The answer is not the one of an API: a sign-in page, a proxy, a part of an answer.</summary>
    Malformed,
}
