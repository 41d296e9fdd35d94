namespace TokenLedger.Application.Ports;

/// <summary>What became of a probe. No text of it holds a secret or the body of an answer.</summary>
/// <param name="Outcome">How it went.</param>
/// <param name="Status">The HTTP status; null when no answer came, or the question was not asked.</param>
/// <param name="Message">What happened, for people; null when it was answered.</param>
public sealed record ProbeAnswer(ProbeOutcome Outcome, int? Status, string? Message)
{
    /// <summary>The permissions that GitHub would accept (<c>X-Accepted-GitHub-Permissions</c>); null unsaid.</summary>
    public string? AcceptedPermissions { get; init; }

    /// <summary>The scopes that GitHub would accept (<c>X-Accepted-OAuth-Scopes</c>); null unsaid.</summary>
    public string? AcceptedScopes { get; init; }

    /// <summary>
    /// The scopes that the token has (<c>X-OAuth-Scopes</c>); null when unsaid, as for tokens without scopes.
    /// </summary>
    public string? Scopes { get; init; }

    /// <summary>Whether the token must be authorised for SAML single sign-on first.</summary>
    public bool WantsSingleSignOn { get; init; }

    /// <summary>Whether an IP allow list does not admit this machine.</summary>
    public bool IsOfAddress { get; init; }

    /// <summary>When the token ends, UTC; null when GitHub does not say.</summary>
    public DateTimeOffset? TokenExpiresAt { get; init; }

    /// <summary>Whether it was not asked because the same host did not answer a moment ago.</summary>
    public bool IsOfSilentHost { get; init; }

    /// <summary>Whether it was answered.</summary>
    public bool IsAnswered => Outcome == ProbeOutcome.Answered;
}
