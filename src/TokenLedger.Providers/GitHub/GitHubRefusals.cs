using System.Globalization;
using TokenLedger.Application.Ports;

namespace TokenLedger.Providers.GitHub;

/// <summary>Says why GitHub gave no bill, and what to do. No message holds a token or the body of an answer.</summary>
internal static class GitHubRefusals
{
    // A header is shown to people: enough for a list of scopes.
    private const int ShownMax = 200;

    /// <summary>The refusal of an answer that is no success.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="response">The answer.</param>
    /// <param name="body">The beginning of its body, which is looked at and not shown.</param>
    /// <param name="now">The time, UTC.</param>
    public static BillRefusal Of(
        GitHubQuestion question, HttpResponseMessage response, string body, DateTimeOffset now)
    {
        if (RateLimits.Wait(response, body, now) is { } wait)
        {
            return new BillRefusal(
                BillRefusal.RateLimited,
                $"GitHub was asked too often for {question.Subject}: it is asked again after "
                    + string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(wait.TotalSeconds)} seconds. ")
                    + "If this goes on, let other programs use another token.",
                wait);
        }

        var status = (int)response.StatusCode;
        var number = status.ToString(CultureInfo.InvariantCulture);
        return status switch
        {
            401 => new BillRefusal(
                BillRefusal.Unauthorized,
                $"GitHub does not accept the token for {question.Subject} (401): it is mistyped, expired or revoked. "
                    + "Configure a valid one.",
                null),
            403 => new BillRefusal(BillRefusal.Forbidden, Forbidden(question, response), null),
            404 => new BillRefusal(BillRefusal.NotFound, NotFound(question, response), null),
            >= 500 => new BillRefusal(
                BillRefusal.Unavailable,
                $"GitHub failed to answer for {question.Subject} ({number}): it is asked again later. If this goes on, "
                    + "see https://www.githubstatus.com.",
                RateLimits.RetryAfter(response.Headers, now)),
            >= 300 and < 400 => new BillRefusal(
                BillRefusal.Rejected,
                $"The bill of {question.Subject} has moved ({number}), and a token is not sent after it: it may have "
                    + "been renamed, or ApiUrl is not the API's address. Correct the configuration.",
                null),
            _ => new BillRefusal(
                BillRefusal.Rejected,
                $"GitHub does not accept the request for {question.Subject} ({number}): check ApiUrl and the name.",
                null),
        };
    }

    /// <summary>The refusal of a request that got no whole answer.</summary>
    public static BillRefusal Of(GitHubQuestion question, HttpRequestException failure) => new(
        BillRefusal.Unavailable,
        $"GitHub cannot be reached at {question.Url.Authority} for {question.Subject} ({CauseOf(failure)}): check "
            + "the network, the proxy and ApiUrl. It is asked again later.",
        null);

    /// <summary>The refusal of a request that took too long.</summary>
    public static BillRefusal TimedOut(GitHubQuestion question, TimeSpan bound) => new(
        BillRefusal.Unavailable,
        $"GitHub did not answer for {question.Subject} within "
            + string.Create(CultureInfo.InvariantCulture, $"{bound.TotalSeconds} seconds: it is asked again later."),
        null);

    /// <summary>The refusal of an answer that ended early.</summary>
    public static BillRefusal CutOff(GitHubQuestion question) => new(
        BillRefusal.CutOff,
        $"GitHub's answer for {question.Subject} was cut off: it is asked again later. If this goes on, look for a "
            + "proxy that ends connections.",
        null);

    /// <summary>The refusal of an answer that is no bill.</summary>
    public static BillRefusal Malformed(GitHubQuestion question, string reason) => new(
        BillRefusal.Malformed,
        $"The answer for {question.Subject} {reason}: check that ApiUrl is the API's address and that no sign-in "
            + "page or proxy answers in its place.",
        null);

    /// <summary>The refusal of an endless answer.</summary>
    public static BillRefusal TooLarge(GitHubQuestion question, int bound) => new(
        BillRefusal.TooLarge,
        string.Create(CultureInfo.InvariantCulture,
            $"The answer for {question.Subject} is over {bound} bytes, which no day's bill is: check ApiUrl."),
        null);

    private static string Forbidden(GitHubQuestion question, HttpResponseMessage response) =>
        $"GitHub forbids the token to read the bill of {question.Subject} (403). {Needed(question, response)}"
        + (response.Headers.Contains("X-GitHub-SSO")
            ? "The token must also be authorised for SAML single sign-on. "
            : "")
        + "A classic token of an owner or billing manager is accepted everywhere: manage_billing:copilot for an "
        + "organisation, manage_billing:enterprise for an enterprise.";

    private static string NotFound(GitHubQuestion question, HttpResponseMessage response) =>
        $"GitHub shows no bill of {question.Subject} to this token (404). {Needed(question, response)}"
        + (question.IsOfOrganization
            ? "Perhaps an enterprise holds the billing: configure its slug as Enterprise, with a token that may read "
                + "it. Otherwise check the name, and whether the token's owner manages the billing."
            : "Check the enterprise's slug, and whether the token's owner manages its billing: fine-grained tokens "
                + "are not accepted here.");

    private static string Needed(GitHubQuestion question, HttpResponseMessage response) =>
        Shown(question, response, "X-Accepted-GitHub-Permissions", "Accepted permissions")
        + Shown(question, response, "X-Accepted-OAuth-Scopes", "Accepted scopes")
        + Shown(question, response, "X-OAuth-Scopes", "The token's scopes");

    private static string Shown(GitHubQuestion question, HttpResponseMessage response, string header, string label)
    {
        if (!response.Headers.TryGetValues(header, out var values))
            return "";
        // What a server sends may hold anything, the token too.
        var text = string.Concat(string.Join(", ", values)
            .Replace(question.Token.Reveal(), question.Token.ToString(), StringComparison.OrdinalIgnoreCase)
            .Where(letter => letter is >= ' ' and < '\u007f')
            .Take(ShownMax))
            .Trim();
        return text.Length == 0 ? "" : $"{label}: {text}. ";
    }

    private static string CauseOf(HttpRequestException failure) => failure.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "the name is not known",
        HttpRequestError.ConnectionError => "no connection",
        HttpRequestError.SecureConnectionError => "the certificate is not trusted or TLS failed",
        HttpRequestError.ProxyTunnelError => "the proxy refuses",
        _ => "the connection was ended",
    };
}
