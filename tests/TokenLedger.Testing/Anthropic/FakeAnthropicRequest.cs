namespace TokenLedger.Testing.Anthropic;

/// <summary>A request that the fake Anthropic was sent.</summary>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">The headers; names without case, and not the key.</param>
public sealed record FakeAnthropicRequest(string Target, IReadOnlyDictionary<string, string> Headers);
