using TokenLedger.Application.Ports;

namespace TokenLedger.Providers.GitHub;

/// <summary>What GitHub answered: a body, or why there is none.</summary>
internal readonly record struct GitHubAnswer(ReadOnlyMemory<byte> Body, BillRefusal? Refusal);
