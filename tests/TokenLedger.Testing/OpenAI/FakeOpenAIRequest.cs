namespace TokenLedger.Testing.OpenAI;

/// <summary>A request that the fake OpenAI was sent.</summary>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">The headers; names without case, and not the key.</param>
public sealed record FakeOpenAIRequest(string Target, IReadOnlyDictionary<string, string> Headers);
