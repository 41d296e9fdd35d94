using System.Globalization;

namespace TokenLedger.Providers.GitHub;

/// <summary>What an answer's head tells of the credential. No text of it holds the credential.</summary>
/// <param name="Status">The HTTP status.</param>
internal sealed record AnswerHead(int Status)
{
    // A header is shown to people: enough for a list of scopes.
    private const int ShownMax = 200;

    /// <summary>What would be accepted (<c>X-Accepted-GitHub-Permissions</c>); null unsaid.</summary>
    public string? AcceptedPermissions { get; init; }

    /// <summary>What would be accepted (<c>X-Accepted-OAuth-Scopes</c>); null unsaid.</summary>
    public string? AcceptedScopes { get; init; }

    /// <summary>What the token has (<c>X-OAuth-Scopes</c>); null unsaid, empty for none.</summary>
    public string? Scopes { get; init; }

    /// <summary>Whether SAML single sign-on is what is missing.</summary>
    public bool WantsSingleSignOn { get; init; }

    /// <summary>
    /// When the token ends, UTC (<c>GitHub-Authentication-Token-Expiration</c>, such as
    /// <c>2026-12-01 00:00:00 UTC</c>; the form is not documented in 2026-10); null unsaid.
    /// </summary>
    public DateTimeOffset? TokenExpiresAt { get; init; }

    /// <summary>The head of an answer to a question.</summary>
    public static AnswerHead Of(GitHubQuestion question, HttpResponseMessage response) =>
        new((int)response.StatusCode)
        {
            AcceptedPermissions = NotEmpty(Shown(question, response, "X-Accepted-GitHub-Permissions")),
            AcceptedScopes = NotEmpty(Shown(question, response, "X-Accepted-OAuth-Scopes")),
            Scopes = Shown(question, response, "X-OAuth-Scopes"),
            WantsSingleSignOn = response.Headers.Contains("X-GitHub-SSO"),
            TokenExpiresAt = TimeOf(Shown(question, response, "GitHub-Authentication-Token-Expiration")),
        };

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    // What a server sends may hold anything, the token too.
    private static string? Shown(GitHubQuestion question, HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values)
            ? string.Concat(string.Join(", ", values)
                .Replace(
                    question.Credential.Token.Reveal(), question.Credential.Token.ToString(),
                    StringComparison.OrdinalIgnoreCase)
                .Where(letter => letter is >= ' ' and < '\u007f')
                .Take(ShownMax))
                .Trim()
            : null;

    private static DateTimeOffset? TimeOf(string? text) => DateTimeOffset.TryParse(
        text?.Replace(" UTC", "Z", StringComparison.Ordinal), CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
}
