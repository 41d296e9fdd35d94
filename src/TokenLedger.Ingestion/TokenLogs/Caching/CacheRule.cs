namespace TokenLedger.Ingestion.TokenLogs.Caching;

/// <summary>The rule that decided a record's cache convention, in the order in which the rules are tried.</summary>
/// <remarks>Source: AWF v0.28.4 <c>token-parsers.js</c> and records of 2026-04 to 2026-10.</remarks>
public enum CacheRule
{
    /// <summary>The record's own <c>input_tokens_include_cache</c>.</summary>
    Stated,

    /// <summary>More tokens were read from the cache than the input holds.</summary>
    ReadExceedsInput,

    /// <summary>Anthropic's own protocol or key.</summary>
    AnthropicProtocol,

    /// <summary>OpenAI's or Google's own listener.</summary>
    InclusiveProvider,

    /// <summary>Copilot recorded a cache write, which it does only from a split answer.</summary>
    CopilotCacheWrite,

    /// <summary>Copilot with a GPT model on <c>/responses</c>.</summary>
    CopilotGptResponses,

    /// <summary>Copilot with a Claude model.</summary>
    CopilotClaude,

    /// <summary>Only one reading costs what the proxy says the response cost.</summary>
    Credits,

    /// <summary>Nothing was cached: the readings agree.</summary>
    NothingCached,

    /// <summary>The cached tokens do not fit into the input, whatever an earlier rule said.</summary>
    CachedExceedsInput,

    /// <summary>No rule decides.</summary>
    Unresolved,
}
