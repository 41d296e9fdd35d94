using TokenLedger.Application.Ports;

namespace TokenLedger.Providers.GitHub;

/// <summary>What GitHub answered: a body or an address elsewhere, or why there is neither.</summary>
internal readonly record struct GitHubAnswer(
    ReadOnlyMemory<byte> Body, ProviderRefusal? Refusal, Uri? Elsewhere = null);
