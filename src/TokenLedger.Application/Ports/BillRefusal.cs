namespace TokenLedger.Application.Ports;

/// <summary>Why a provider gave no bill.</summary>
/// <param name="Code">A stable code, one of the constants here.</param>
/// <param name="Message">What happened and what to do, for people; no secret.</param>
/// <param name="RetryAfter">When asking again makes sense; null when the provider did not say.</param>
public sealed record BillRefusal(string Code, string Message, TimeSpan? RetryAfter)
{
    /// <summary>The token is not accepted.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>The token may not read this bill.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>There is no such bill, or the token may not know of it.</summary>
    public const string NotFound = "not-found";

    /// <summary>Too many requests.</summary>
    public const string RateLimited = "rate-limited";

    /// <summary>The request itself was not accepted.</summary>
    public const string Rejected = "rejected";

    /// <summary>The provider could not be reached, did not answer in time, or failed.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>The answer ended before it was whole.</summary>
    public const string CutOff = "cut-off";

    /// <summary>The answer is no bill of the day asked for.</summary>
    public const string Malformed = "malformed";

    /// <summary>The answer is larger than any real one.</summary>
    public const string TooLarge = "too-large";

    /// <summary>Whether every day of the account is refused alike, so that asking for another is of no use.</summary>
    public bool IsOfAccount => Code is Unauthorized or Forbidden or NotFound or RateLimited or Rejected;
}
