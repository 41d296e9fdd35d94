namespace TokenLedger.Domain.Usage;

/// <summary>Who bills a request: the wallet's provider, never the maker of the model.</summary>
/// <remarks>
/// Claude through Copilot is <see cref="Copilot"/>; Claude by an Anthropic key is <see cref="Anthropic"/>. A provider
/// that the ledger has not met keeps its own name, in lower case, and so has neither price nor bill.
/// </remarks>
/// <param name="Name">The name in lower case; the default value has none and means <see cref="Unknown"/>.</param>
public readonly record struct Channel(string? Name) : IComparable<Channel>
{
    /// <summary>GitHub Copilot: AI credits.</summary>
    public static Channel Copilot => new("copilot");

    /// <summary>Anthropic's own API.</summary>
    public static Channel Anthropic => new("anthropic");

    /// <summary>OpenAI's own API.</summary>
    public static Channel OpenAI => new("openai");

    /// <summary>Google's Gemini API or Vertex AI.</summary>
    public static Channel Google => new("google");

    /// <summary>xAI's own API.</summary>
    public static Channel XAI => new("xai");

    /// <summary>The record names no provider.</summary>
    public static Channel Unknown => new("unknown");

    /// <summary>Whether the provider counts reasoning beside the output instead of inside it.</summary>
    /// <remarks>Google's <c>usageMetadata</c> (2026-08); xAI's completion details (2026-11).</remarks>
    public bool CountsReasoningBesideOutput => this == Google || this == XAI;

    /// <summary>The channel of a record's <c>provider</c>.</summary>
    /// <remarks>Spellings: AWF schema v0.28 (2026-08) and gh-aw samples (<c>github-copilot</c>).</remarks>
    public static Channel FromProvider(string? provider) => provider?.Trim().ToLowerInvariant() switch
    {
        null or "" or "unknown" => Unknown,
        "copilot" or "github-copilot" => Copilot,
        "anthropic" => Anthropic,
        "openai" => OpenAI,
        "gemini" or "vertex" or "google" => Google,
        "xai" or "x-ai" => XAI,
        var other => new Channel(other),
    };

    /// <inheritdoc/>
    public int CompareTo(Channel other) => string.CompareOrdinal(ToString(), other.ToString());

    /// <summary>The name; <c>unknown</c> for the default value.</summary>
    public override string ToString() => Name ?? "unknown";
}
