namespace TokenLedger.Application.Ports;

/// <summary>Why a provider gave no bill.</summary>
/// <param name="Code">A stable code: <c>unauthorized</c>, <c>forbidden</c>, <c>not-found</c>, <c>rate-limited</c>,
/// <c>unavailable</c>, <c>malformed</c> or <c>too-large</c>.</param>
/// <param name="Message">What happened and what to do, for people; no secret.</param>
/// <param name="RetryAfter">When asking again makes sense; null when the provider did not say.</param>
public sealed record BillRefusal(string Code, string Message, TimeSpan? RetryAfter);
