using TokenLedger.Application.Ports;

namespace TokenLedger.Providers.GitHub;

/// <summary>What GitHub answered: a body or an address elsewhere, or why there is neither.</summary>
internal readonly record struct GitHubAnswer(
    ReadOnlyMemory<byte> Body, ProviderRefusal? Refusal, Uri? Elsewhere = null)
{
    /// <summary>The cursor of the next page; null without one.</summary>
    public string? NextCursor { get; init; }

    /// <summary>The head of the last answer; null when none came, or nothing was asked.</summary>
    public AnswerHead? Head { get; init; }
}
