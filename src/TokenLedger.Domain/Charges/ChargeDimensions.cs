using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Charges;

/// <summary>
/// Everything a charge may name beside its day, channel and account. Every named one must be equal to match.
/// </summary>
public sealed record ChargeDimensions
{
    /// <summary>The organisation billed within an enterprise.</summary>
    public Dimension Organization { get; init; }

    /// <summary>The repository as <c>owner/name</c>.</summary>
    public Dimension Repository { get; init; }

    /// <summary>The workflow file's path.</summary>
    public Dimension WorkflowPath { get; init; }

    /// <summary>The user's login; nobody means that the organisation was billed without a user.</summary>
    public Dimension User { get; init; }

    /// <summary>The cost centre's name.</summary>
    public Dimension CostCenter { get; init; }

    /// <summary>Anthropic's workspace.</summary>
    public Dimension Workspace { get; init; }

    /// <summary>OpenAI's project.</summary>
    public Dimension Project { get; init; }

    /// <summary>The API key's id.</summary>
    public Dimension ApiKey { get; init; }

    /// <summary>The normalised model name.</summary>
    public Dimension Model { get; init; }

    /// <summary>The token kind, when the provider bills kinds apart.</summary>
    public TokenKind? TokenKind { get; init; }

    /// <summary>The provider's service tier in lower case.</summary>
    public Dimension ServiceTier { get; init; }

    /// <summary><c>default</c> or <c>long</c>: the prompt-length band.</summary>
    public Dimension ContextBand { get; init; }
}
