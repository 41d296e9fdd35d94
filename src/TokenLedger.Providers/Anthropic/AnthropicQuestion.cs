using TokenLedger.Application.Configuration;

namespace TokenLedger.Providers.Anthropic;

/// <summary>One question to Anthropic.</summary>
/// <param name="Url">The address; it holds no secret.</param>
/// <param name="Key">The Admin API key.</param>
/// <param name="KeyName">What the key is called in messages: <c>key of source acme</c>.</param>
/// <param name="Subject">What is asked for, after "for".</param>
internal sealed record AnthropicQuestion(Uri Url, Secret Key, string KeyName, string Subject);
