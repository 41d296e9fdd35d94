using System.Globalization;
using TokenLedger.Application.Ports;

namespace TokenLedger.Providers.Http;

/// <summary>
/// Says why a provider did not give a cost report, and what to do. No message holds a key or the body of an answer.
/// </summary>
internal sealed class CostReportRefusals(ICostReportProvider provider)
{
    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(1);

    /// <summary>The refusal of an answer that is no success.</summary>
    public ProviderRefusal Of(CostReportQuestion question, HttpResponseMessage response, DateTimeOffset now)
    {
        var (name, subject, status) = (provider.Name, question.Subject, (int)response.StatusCode);
        return status switch
        {
            401 => new ProviderRefusal(
                ProviderRefusal.Unauthorized,
                $"{name} does not accept the {question.KeyName} for {subject} (401): it is mistyped, revoked or no "
                    + $"admin key. {provider.RightKey(question.Key)}",
                null),
            403 => new ProviderRefusal(
                ProviderRefusal.Forbidden,
                $"{name} forbids the {question.KeyName} to read {subject} (403). "
                    + provider.RightKey(question.Key),
                null),
            404 => new ProviderRefusal(
                ProviderRefusal.NotFound,
                $"{name} does not show {subject} to the {question.KeyName} (404): check ApiUrl. "
                    + provider.RightKey(question.Key),
                null),
            429 => RateLimited(question, RetryAfter.Of(response.Headers, now) ?? Unsaid),
            >= 500 => new ProviderRefusal(
                ProviderRefusal.Unavailable,
                string.Create(CultureInfo.InvariantCulture, $"{name} failed to answer for {subject} ({status}): ")
                    + $"it is asked again later. If this goes on, see {provider.StatusPage}.",
                RetryAfter.Of(response.Headers, now)),
            >= 300 and < 400 => new ProviderRefusal(
                ProviderRefusal.Rejected,
                string.Create(CultureInfo.InvariantCulture, $"{name} says that {subject} has moved ({status}), ")
                    + "and a key is not sent after it: ApiUrl may not be the API's address.",
                null),
            _ => new ProviderRefusal(
                ProviderRefusal.Rejected,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name} does not accept the request for {subject} ({status}): check ApiUrl."),
                null),
        };
    }

    /// <summary>The refusal of a request that got no whole answer.</summary>
    public ProviderRefusal Of(CostReportQuestion question, HttpRequestException failure) => new(
        ProviderRefusal.Unavailable,
        $"{provider.Name} cannot be reached at {question.Url.Authority} for {question.Subject} "
            + $"({ProviderClient.CauseOf(failure)}): check the network, the proxy and ApiUrl. It is asked again later.",
        null);

    /// <summary>The refusal of a request that took too long.</summary>
    public ProviderRefusal TimedOut(CostReportQuestion question, TimeSpan bound) => new(
        ProviderRefusal.Unavailable,
        $"{provider.Name} did not answer for {question.Subject} within "
            + string.Create(CultureInfo.InvariantCulture, $"{bound.TotalSeconds} seconds: it is asked again later."),
        null);

    /// <summary>The refusal of an answer that ended early.</summary>
    public ProviderRefusal CutOff(CostReportQuestion question) => new(
        ProviderRefusal.CutOff,
        $"{provider.Name}'s answer for {question.Subject} was cut off: it is asked again later. If this goes on, look "
            + "for a proxy that ends connections.",
        null);

    /// <summary>The refusal of an answer of another form.</summary>
    public ProviderRefusal Malformed(CostReportQuestion question, string reason) => new(
        ProviderRefusal.Malformed,
        $"{provider.Name}'s answer for {question.Subject} {reason}: check that ApiUrl is the API's address and "
            + "that no sign-in page or proxy answers in its place.",
        null);

    /// <summary>The refusal of an endless answer.</summary>
    public ProviderRefusal TooLarge(CostReportQuestion question, CostReportOptions options) => new(
        ProviderRefusal.TooLarge,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{provider.Name}'s answer for {question.Subject} is over {options.DayBytesMax} bytes or ")
            + string.Create(CultureInfo.InvariantCulture, $"{options.PagesMax} pages, which no real one is: check ")
            + "ApiUrl.",
        null);

    private ProviderRefusal RateLimited(CostReportQuestion question, TimeSpan wait) => new(
        ProviderRefusal.RateLimited,
        $"{provider.Name} was asked too often for {question.Subject}: it is asked again after "
            + string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(wait.TotalSeconds)} seconds. ")
            + "If this goes on, let other programs use another key.",
        wait);
}
