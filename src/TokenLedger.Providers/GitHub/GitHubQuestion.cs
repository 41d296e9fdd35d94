namespace TokenLedger.Providers.GitHub;

/// <summary>One question to GitHub.</summary>
/// <param name="Url">The address; it holds no secret.</param>
/// <param name="Credential">What it is asked with.</param>
/// <param name="Subject">What it is about.</param>
internal sealed record GitHubQuestion(Uri Url, GitHubCredential Credential, GitHubSubject Subject)
{
    /// <summary>GET, or POST.</summary>
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>The JSON of a POST; null for none.</summary>
    public string? Body { get; init; }

    /// <summary>
    /// Whether an answer that names another address of the same server is followed, as for a renamed repository.
    /// </summary>
    public bool FollowsMoves { get; init; }

    /// <summary>Whether the answer is to name another server, to which no token goes.</summary>
    public bool ExpectsRedirect { get; init; }
}
