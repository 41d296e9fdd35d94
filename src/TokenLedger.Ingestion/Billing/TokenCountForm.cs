using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Billing;

/// <summary>How a provider spells its counts of tokens: the report's address and the columns of its rows.</summary>
/// <remarks>Anthropic's API reference and OpenAI's API schema, 2026-08.</remarks>
internal sealed record TokenCountForm
{
    /// <summary>Anthropic's <c>usage_report/messages</c>: the kinds are disjoint.</summary>
    public static TokenCountForm Messages { get; } = new()
    {
        View = BillView.MessagesUsage,
        Source = BillingAccount.Anthropic,
        Channel = Channel.Anthropic,
        Path = "/organizations/usage_report/messages",
        Columns =
        [
            (TokenKind.Input, "uncachedinputtokens"),
            (TokenKind.Output, "outputtokens"),
            (TokenKind.CacheRead, "cachereadinputtokens"),
            (TokenKind.CacheWrite5m, "cachecreationephemeral5minputtokens"),
            (TokenKind.CacheWrite1h, "cachecreationephemeral1hinputtokens"),
        ],
    };

    /// <summary>OpenAI's <c>usage/completions</c>: what was read and written is a part of the input.</summary>
    public static TokenCountForm Completions { get; } = new()
    {
        View = BillView.CompletionsUsage,
        Source = BillingAccount.OpenAI,
        Channel = Channel.OpenAI,
        Path = "/organization/usage/completions",
        InclusiveInput = "inputtokens",
        FreshInput = "inputuncachedtokens",
        Columns =
        [
            (TokenKind.Output, "outputtokens"),
            (TokenKind.CacheRead, "inputcachedtokens"),
            (TokenKind.CacheWrite5m, "inputcachewritetokens"),
        ],
    };

    /// <summary>
    /// Anthropic's <c>usage_report/claude_code</c>: persons, a part of what <see cref="Messages"/> counts, and what it
    /// estimates of their money. Lifetimes of cache writes are not told apart.
    /// </summary>
    public static TokenCountForm ClaudeCode { get; } = new()
    {
        View = BillView.ClaudeCodeUsage,
        Source = BillingAccount.Anthropic,
        Channel = Channel.Anthropic,
        Path = "/organizations/usage_report/claude_code",
        EstimatedCents = "estimatedcostamount",
        Columns =
        [
            (TokenKind.Input, "tokensinput"),
            (TokenKind.Output, "tokensoutput"),
            (TokenKind.CacheRead, "tokenscacheread"),
            (TokenKind.CacheWrite5m, "tokenscachecreation"),
        ],
    };

    /// <summary>The view.</summary>
    public required BillView View { get; init; }

    /// <summary>The provider.</summary>
    public required string Source { get; init; }

    /// <summary>Who bills the tokens.</summary>
    public required Channel Channel { get; init; }

    /// <summary>How the report's address ends.</summary>
    public required string Path { get; init; }

    /// <summary>The column of each kind, folded.</summary>
    public required IReadOnlyList<(TokenKind Kind, string Column)> Columns { get; init; }

    /// <summary>
    /// The column of all input, of which the fresh part is what the others leave; null where a column has that.
    /// </summary>
    public string? InclusiveInput { get; init; }

    /// <summary>The column of that fresh part, which not every answer has.</summary>
    public string? FreshInput { get; init; }

    /// <summary>The column of the provider's own estimate in cents; null without one. It stands in no sum.</summary>
    public string? EstimatedCents { get; init; }

    /// <summary>Whether an answer without an address is of this form; one without rows could be of any.</summary>
    public bool IsOf(JsonAnswer answer)
    {
        var rows = answer.Buckets.SelectMany(bucket => bucket.Items).Take(1).ToList();
        return rows.Count == 1 && (InclusiveInput is { } input
            ? rows[0][input] is not null && rows[0]["object"] is "organization.usage.completions.result"
            : rows[0][Columns[0].Column] is not null);
    }
}
