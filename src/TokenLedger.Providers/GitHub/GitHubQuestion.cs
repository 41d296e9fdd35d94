namespace TokenLedger.Providers.GitHub;

/// <summary>One question to GitHub.</summary>
/// <param name="Url">The address; it holds no secret.</param>
/// <param name="Credential">What it is asked with.</param>
/// <param name="Subject">What it is about.</param>
internal sealed record GitHubQuestion(Uri Url, GitHubCredential Credential, GitHubSubject Subject)
{
    /// <summary>GET, POST, PUT or PATCH.</summary>
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>
    /// Whether it may be asked again when the connection broke and nobody knows whether it arrived; not what makes
    /// something new each time.
    /// </summary>
    public bool IsRepeatable { get; init; } = true;

    /// <summary>The JSON of a POST or PATCH; null for none.</summary>
    public string? Body { get; init; }

    /// <summary>
    /// The API's address when an answer that names another place below it is followed, as for a renamed repository;
    /// null when none is.
    /// </summary>
    public Uri? MovesWithin { get; init; }

    /// <summary>
    /// Whether the answer is to name where a file lies, to which no token goes. An Enterprise Server may serve files
    /// under the API's own host.
    /// </summary>
    public bool ExpectsRedirect { get; init; }
}
