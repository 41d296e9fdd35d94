using System.Globalization;
using TokenLedger.Application.Ports;
using TokenLedger.Providers.Http;

namespace TokenLedger.Providers.GitHub;

/// <summary>
/// Says why GitHub did not give what was asked for, and what to do. No message holds a token or the body of an answer.
/// </summary>
internal static class GitHubRefusals
{
    // No header tells it apart from other refusals (2026-11).
    private const string AllowList = "IP allow list";

    /// <summary>The refusal of an answer that is no success.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="head">The head of the answer.</param>
    /// <param name="response">The answer.</param>
    /// <param name="body">The beginning of its body, which is looked at and not shown.</param>
    /// <param name="now">The time, UTC.</param>
    public static ProviderRefusal Of(
        GitHubQuestion question, AnswerHead head, HttpResponseMessage response, string body, DateTimeOffset now)
    {
        if (RateLimits.Wait(response, body, now) is { } wait)
            return RateLimited(question, wait);
        var subject = question.Subject;
        var status = (int)response.StatusCode;
        var number = status.ToString(CultureInfo.InvariantCulture);
        return status switch
        {
            401 => new ProviderRefusal(
                ProviderRefusal.Unauthorized,
                $"GitHub does not accept the {question.Credential.Key} for {subject.Text} (401): it is mistyped, "
                    + "expired or revoked. Configure a valid one.",
                null),
            403 when body.Contains(AllowList, StringComparison.OrdinalIgnoreCase) => AddressForbidden(question),
            403 => new ProviderRefusal(ProviderRefusal.Forbidden, Forbidden(question, head), null),
            404 => new ProviderRefusal(ProviderRefusal.NotFound, NotFound(question, head), null),
            410 => Gone(question),
            >= 500 => new ProviderRefusal(
                ProviderRefusal.Unavailable,
                $"GitHub failed to answer for {subject.Text} ({number}): it is asked again later. If this goes on, "
                    + "see https://www.githubstatus.com.",
                RetryAfter.Of(response.Headers, now)),
            >= 300 and < 400 => new ProviderRefusal(
                ProviderRefusal.Rejected,
                $"GitHub says that {subject.Text} has moved ({number}), and a token is not sent after it: "
                    + $"{subject.WhenMoved}. Correct the configuration.",
                null),
            _ => new ProviderRefusal(
                ProviderRefusal.Rejected,
                $"GitHub does not accept the request for {subject.Text} ({number}): check ApiUrl and the name.",
                null),
        };
    }

    /// <summary>The refusal of a credential whose limit is used up.</summary>
    public static ProviderRefusal RateLimited(GitHubQuestion question, TimeSpan wait) => new(
        ProviderRefusal.RateLimited,
        $"GitHub was asked too often for {question.Subject.Text}: it is asked again after "
            + string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(wait.TotalSeconds)} seconds. ")
            + "If this goes on, let other programs use another token.",
        wait);

    /// <summary>The refusal of what is deleted.</summary>
    public static ProviderRefusal Gone(GitHubQuestion question) => new(
        ProviderRefusal.Gone, $"GitHub has deleted {question.Subject.Text} (410): it was kept for its time.", null);

    /// <summary>The refusal of a server that GitHub named.</summary>
    public static ProviderRefusal NotDelivered(GitHubQuestion question, int status) => new(
        ProviderRefusal.Unavailable,
        string.Create(CultureInfo.InvariantCulture,
            $"The server that GitHub names for {question.Subject.Text} answers {status}: it is asked again later."),
        null);

    /// <summary>The refusal of a request that got no whole answer.</summary>
    public static ProviderRefusal Of(GitHubQuestion question, HttpRequestException failure) => new(
        ProviderRefusal.Unavailable,
        $"GitHub cannot be reached at {question.Url.Authority} for {question.Subject.Text} "
            + $"({ProviderClient.CauseOf(failure)}): check the network, the proxy and ApiUrl. It is asked again later.",
        null);

    /// <summary>The refusal of a request that took too long.</summary>
    public static ProviderRefusal TimedOut(GitHubQuestion question, TimeSpan bound) => new(
        ProviderRefusal.Unavailable,
        $"GitHub did not answer for {question.Subject.Text} within "
            + string.Create(CultureInfo.InvariantCulture, $"{bound.TotalSeconds} seconds: it is asked again later."),
        null);

    /// <summary>The refusal of an answer that ended early.</summary>
    public static ProviderRefusal CutOff(GitHubQuestion question) => new(
        ProviderRefusal.CutOff,
        $"GitHub's answer for {question.Subject.Text} was cut off: it is asked again later. If this goes on, look for "
            + "a proxy that ends connections.",
        null);

    /// <summary>The refusal of an answer of another form.</summary>
    public static ProviderRefusal Malformed(GitHubQuestion question, string reason) => new(
        ProviderRefusal.Malformed,
        $"The answer for {question.Subject.Text} {reason}: check that ApiUrl is the API's address and that no sign-in "
            + "page or proxy answers in its place.",
        null);

    /// <summary>The refusal of an endless answer.</summary>
    public static ProviderRefusal TooLarge(GitHubQuestion question, long bound) => new(
        ProviderRefusal.TooLarge,
        string.Create(CultureInfo.InvariantCulture,
            $"The answer for {question.Subject.Text} is over {bound} bytes, which no real one is: check ApiUrl."),
        null);

    private static ProviderRefusal AddressForbidden(GitHubQuestion question) => new(
        ProviderRefusal.Forbidden,
        $"GitHub forbids this machine to read {question.Subject.Text} (403): the IP allow list of the organisation or "
            + "enterprise does not hold its address. An owner adds it.",
        null)
    {
        IsOfAddress = true,
    };

    private static string Forbidden(GitHubQuestion question, AnswerHead head) =>
        $"GitHub forbids the {question.Credential.Key} to read {question.Subject.Text} (403). "
        + Needed(head)
        + (head.WantsSingleSignOn ? "The token must also be authorised for SAML single sign-on. " : "")
        + question.Subject.WhenForbidden;

    private static string NotFound(GitHubQuestion question, AnswerHead head) =>
        $"GitHub does not show {question.Subject.Text} to the {question.Credential.Key} (404). "
        + Needed(head) + question.Subject.WhenNotFound;

    private static string Needed(AnswerHead head) =>
        Labelled("Accepted permissions", head.AcceptedPermissions)
        + Labelled("Accepted scopes", head.AcceptedScopes)
        + Labelled("The token's scopes", head.Scopes);

    private static string Labelled(string label, string? text) =>
        string.IsNullOrEmpty(text) ? "" : $"{label}: {text}. ";
}
