using System.Globalization;
using TokenLedger.Application.Ports;
using TokenLedger.Providers.Http;

namespace TokenLedger.Providers.Anthropic;

/// <summary>
/// Says why Anthropic did not give what was asked for, and what to do. No message holds a key or the body of an answer.
/// </summary>
internal static class AnthropicRefusals
{
    private const string RightKey =
        "An administrator makes an Admin API key (sk-ant-admin…) in the Claude Console; keys of a workspace, and "
        + "subscriptions, are not accepted.";

    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(1);

    /// <summary>The refusal of an answer that is no success.</summary>
    public static ProviderRefusal Of(AnthropicQuestion question, HttpResponseMessage response, DateTimeOffset now)
    {
        var (subject, status) = (question.Subject, (int)response.StatusCode);
        return status switch
        {
            401 => new ProviderRefusal(
                ProviderRefusal.Unauthorized,
                $"Anthropic does not accept the {question.KeyName} for {subject} (401): it is mistyped, revoked or no "
                    + $"Admin API key. {RightKey}",
                null),
            403 => new ProviderRefusal(
                ProviderRefusal.Forbidden,
                $"Anthropic forbids the {question.KeyName} to read {subject} (403). {RightKey}",
                null),
            404 => new ProviderRefusal(
                ProviderRefusal.NotFound,
                $"Anthropic does not show {subject} to the {question.KeyName} (404): check ApiUrl. {RightKey}",
                null),
            429 => RateLimited(question, RetryAfter.Of(response.Headers, now) ?? Unsaid),
            >= 500 => new ProviderRefusal(
                ProviderRefusal.Unavailable,
                string.Create(CultureInfo.InvariantCulture, $"Anthropic failed to answer for {subject} ({status}): ")
                    + "it is asked again later. If this goes on, see https://status.anthropic.com.",
                RetryAfter.Of(response.Headers, now)),
            >= 300 and < 400 => new ProviderRefusal(
                ProviderRefusal.Rejected,
                string.Create(CultureInfo.InvariantCulture, $"Anthropic says that {subject} has moved ({status}), ")
                    + "and a key is not sent after it: ApiUrl may not be the API's address.",
                null),
            _ => new ProviderRefusal(
                ProviderRefusal.Rejected,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Anthropic does not accept the request for {subject} ({status}): check ApiUrl."),
                null),
        };
    }

    /// <summary>The refusal of a request that got no whole answer.</summary>
    public static ProviderRefusal Of(AnthropicQuestion question, HttpRequestException failure) => new(
        ProviderRefusal.Unavailable,
        $"Anthropic cannot be reached at {question.Url.Authority} for {question.Subject} "
            + $"({ProviderClient.CauseOf(failure)}): check the network, the proxy and ApiUrl. It is asked again later.",
        null);

    /// <summary>The refusal of a request that took too long.</summary>
    public static ProviderRefusal TimedOut(AnthropicQuestion question, TimeSpan bound) => new(
        ProviderRefusal.Unavailable,
        $"Anthropic did not answer for {question.Subject} within "
            + string.Create(CultureInfo.InvariantCulture, $"{bound.TotalSeconds} seconds: it is asked again later."),
        null);

    /// <summary>The refusal of an answer that ended early.</summary>
    public static ProviderRefusal CutOff(AnthropicQuestion question) => new(
        ProviderRefusal.CutOff,
        $"Anthropic's answer for {question.Subject} was cut off: it is asked again later. If this goes on, look for a "
            + "proxy that ends connections.",
        null);

    /// <summary>The refusal of an answer of another form.</summary>
    public static ProviderRefusal Malformed(AnthropicQuestion question, string reason) => new(
        ProviderRefusal.Malformed,
        $"The answer for {question.Subject} {reason}: check that ApiUrl is the API's address and that no sign-in page "
            + "or proxy answers in its place.",
        null);

    /// <summary>The refusal of an endless answer.</summary>
    public static ProviderRefusal TooLarge(AnthropicQuestion question, AnthropicOptions options) => new(
        ProviderRefusal.TooLarge,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The answer for {question.Subject} is over {options.DayBytesMax} bytes or {options.PagesMax} pages, ")
            + "which no real one is: check ApiUrl.",
        null);

    private static ProviderRefusal RateLimited(AnthropicQuestion question, TimeSpan wait) => new(
        ProviderRefusal.RateLimited,
        $"Anthropic was asked too often for {question.Subject}: it is asked again after "
            + string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(wait.TotalSeconds)} seconds. ")
            + "If this goes on, let other programs use another key.",
        wait);
}
