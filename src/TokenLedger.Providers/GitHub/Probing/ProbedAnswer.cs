using System.Globalization;
using TokenLedger.Application.Ports;

namespace TokenLedger.Providers.GitHub.Probing;

/// <summary>Tells from GitHub's answer to a probe how it went.</summary>
internal static class ProbedAnswer
{
    /// <summary>The probe's answer.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="answer">What came.</param>
    /// <param name="fault">What is wrong with the body of a success; null when it is of the expected form.</param>
    public static ProbeAnswer Of(GitHubQuestion question, GitHubAnswer answer, ProviderRefusal? fault)
    {
        var refusal = answer.Refusal ?? fault;
        var head = answer.Head;
        var outcome = OutcomeOf(refusal, head?.Status);
        return new ProbeAnswer(outcome, head?.Status, MessageOf(question, outcome, head?.Status, refusal))
        {
            AcceptedPermissions = head?.AcceptedPermissions,
            AcceptedScopes = head?.AcceptedScopes,
            Scopes = head?.Scopes,
            WantsSingleSignOn = head?.WantsSingleSignOn == true,
            IsOfAddress = refusal?.IsOfAddress == true,
            TokenExpiresAt = head?.TokenExpiresAt,
        };
    }

    private static ProbeOutcome OutcomeOf(ProviderRefusal? refusal, int? status) => refusal?.Code switch
    {
        null => ProbeOutcome.Answered,
        ProviderRefusal.Unauthorized => ProbeOutcome.Unauthorized,
        ProviderRefusal.Forbidden => ProbeOutcome.Forbidden,
        ProviderRefusal.NotFound or ProviderRefusal.Gone => ProbeOutcome.NotFound,
        ProviderRefusal.RateLimited => ProbeOutcome.RateLimited,
        ProviderRefusal.Rejected when status is >= 300 and < 400 => ProbeOutcome.Moved,
        ProviderRefusal.Rejected => ProbeOutcome.Rejected,
        ProviderRefusal.Unavailable when status is not null => ProbeOutcome.Failed,
        ProviderRefusal.Unavailable => ProbeOutcome.Unreachable,
        _ => ProbeOutcome.Malformed,
    };

    // Of the causes that depend on what was asked, only the fact: whoever diagnoses knows the advice.
    private static string? MessageOf(
        GitHubQuestion question, ProbeOutcome outcome, int? status, ProviderRefusal? refusal) => outcome switch
        {
            ProbeOutcome.Answered => null,
            ProbeOutcome.Unauthorized or ProbeOutcome.Forbidden or ProbeOutcome.NotFound or ProbeOutcome.Moved
                or ProbeOutcome.Rejected or ProbeOutcome.Failed when status is { } number => string.Create(
                    CultureInfo.InvariantCulture, $"GitHub answered {number} for {question.Subject.Text}."),
            ProbeOutcome.RateLimited => refusal?.Message,
            _ => FactOf(refusal?.Message),
        };

    // A refusal of a poll is a fact, a colon, and advice to whoever reads the log.
    private static string? FactOf(string? message) =>
        message?.IndexOf(": ", StringComparison.Ordinal) is { } end and > 0 ? message[..end] + "." : message;
}
