namespace TokenLedger.Testing.GitHub;

/// <summary>A request that the fake GitHub was sent.</summary>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">The headers; names without case.</param>
public sealed record FakeGitHubRequest(string Target, IReadOnlyDictionary<string, string> Headers);
