namespace TokenLedger.Application.Ports;

/// <summary>Why a provider did not give what it was asked for.</summary>
/// <param name="Code">A stable code, one of the constants here.</param>
/// <param name="Message">What happened and what to do, for people; no secret.</param>
/// <param name="RetryAfter">When asking again makes sense; null when the provider did not say.</param>
public sealed record ProviderRefusal(string Code, string Message, TimeSpan? RetryAfter)
{
    /// <summary>The token is not accepted.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>The token may not read this.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>There is no such thing, or the token may not know of it.</summary>
    public const string NotFound = "not-found";

    /// <summary>It was there and is deleted.</summary>
    public const string Gone = "gone";

    /// <summary>Nothing is configured to ask with.</summary>
    public const string NoCredential = "no-credential";

    /// <summary>Too many requests.</summary>
    public const string RateLimited = "rate-limited";

    /// <summary>It does something of the kind already, and one at a time.</summary>
    public const string Busy = "busy";

    /// <summary>The request itself was not accepted.</summary>
    public const string Rejected = "rejected";

    /// <summary>The provider could not be reached, did not answer in time, or failed.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>The answer ended before it was whole.</summary>
    public const string CutOff = "cut-off";

    /// <summary>The answer is of another form than what was asked for.</summary>
    public const string Malformed = "malformed";

    /// <summary>There is an answer, and nothing is in it.</summary>
    public const string NoRows = "no-rows";

    /// <summary>The answer is larger than any real one.</summary>
    public const string TooLarge = "too-large";

    /// <summary>Whether the address of this machine is what is refused, whatever the credential.</summary>
    public bool IsOfAddress { get; init; }

    /// <summary>Whether somebody must mend something: time alone does not.</summary>
    public bool NeedsMending => Code is not (RateLimited or Unavailable or CutOff or Busy or NoRows);

    /// <summary>Whether every further question with the same credential is refused alike.</summary>
    public bool IsOfCredential => Code is RateLimited or Unauthorized;

    /// <summary>Whether every day of the account is refused alike, so that asking for another is of no use.</summary>
    public bool IsOfAccount => Code is Unauthorized or Forbidden or NotFound or RateLimited or Rejected;
}
