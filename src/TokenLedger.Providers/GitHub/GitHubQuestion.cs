using TokenLedger.Application.Configuration;

namespace TokenLedger.Providers.GitHub;

/// <summary>One question to GitHub.</summary>
/// <param name="Url">The address; it holds no secret.</param>
/// <param name="Token">The token it is asked with.</param>
/// <param name="Subject">Whose bill, for messages: <c>the organisation acme</c>.</param>
/// <param name="IsOfOrganization">Whether an enterprise may hold the bill instead.</param>
internal sealed record GitHubQuestion(Uri Url, Secret Token, string Subject, bool IsOfOrganization);
