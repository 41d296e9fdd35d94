using System.Globalization;
using System.Text.Json;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Providers.GitHub;

/// <summary>GitHub's own budgets of organisations and enterprises.</summary>
/// <remarks>
/// <c>GET /organizations/{org}/settings/billing/budgets</c> and the same of <c>/enterprises/{slug}</c> (GitHub REST,
/// 2026-08): <c>page</c> and <c>per_page</c>, 100 at most; <c>has_next_page</c> may be left out. Read by an
/// organisation's owner or billing manager, with fine-grained <c>Administration: read</c> or a classic token.
/// </remarks>
public sealed class GitHubBudgets(GitHubConnection github) : IProviderBudgets
{
    private const int PageItems = 100;

    // A thousand budgets; an answer without end ends here.
    private const int PagesMax = 10;

    /// <inheritdoc/>
    public bool Covers(SourceConfiguration source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Token is not null
            && string.Equals(source.Kind, BillingAccount.GitHub, StringComparison.Ordinal)
            && source.Account.Kind != BillingAccountKind.User;
    }

    /// <inheritdoc/>
    public async Task<ProviderAnswer<IReadOnlyList<ProviderBudget>>> ReadAsync(
        SourceConfiguration source, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        var budgets = new List<ProviderBudget>();
        for (var page = 1; page <= PagesMax; page++)
        {
            var question = QuestionOf(source, page);
            var (body, refusal, _) = await github.Api.AskAsync(question, cancellation);
            if (refusal is not null)
                return refusal;
            using var answer = GitHubJson.Parse(body);
            if (answer?.RootElement.FieldOf("budgets"u8) is not { ValueKind: JsonValueKind.Array } list)
                return GitHubRefusals.Malformed(question, "has no budgets");
            budgets.AddRange(list.EnumerateArray().Select(BudgetOf).OfType<ProviderBudget>());
            var hasNext = answer.RootElement.FieldOf("has_next_page"u8)?.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => list.GetArrayLength() >= PageItems,
            };
            if (!hasNext)
                return budgets;
        }

        return new ProviderRefusal(
            ProviderRefusal.TooLarge,
            FormattableString.Invariant($"GitHub lists over {PagesMax * PageItems} budgets for ")
                + $"{source.Account.Name}: they are not read.",
            null);
    }

    private static GitHubQuestion QuestionOf(SourceConfiguration source, int page) => new(
        GitHubAddress.WithQuery(
            source.ApiUrl ?? GitHubConfiguration.PublicApiUrl,
            string.Create(CultureInfo.InvariantCulture, $"per_page={PageItems}&page={page}"),
            GitHubAddress.Of(source.Account.Kind), source.Account.Name.Trim(), "settings", "billing", "budgets"),
        new GitHubCredential(
            source.Token ?? throw new ArgumentException("The source has no token.", nameof(source)),
            $"token of source {source.Name}"),
        GitHubSubject.Bill(source.Account, ", its budgets"));

    private static ProviderBudget? BudgetOf(JsonElement item) => item.TextOf("id"u8) is not { Length: > 0 } id ? null
        : new ProviderBudget(
            id,
            item.TextOf("budget_scope"u8),
            item.TextOf("budget_entity_name"u8) is { Length: > 0 } entity ? entity : item.TextOf("user"u8),
            item.TextOf("budget_type"u8),
            item.TextOf("budget_product_sku"u8) ?? Skus(item),
            NumberOf(item, "budget_amount"u8),
            NumberOf(item, "consumed_amount"u8),
            FlagOf(item, "prevent_further_usage"u8),
            item.FieldOf("budget_alerting"u8) is { } alerting ? FlagOf(alerting, "will_alert"u8) : null);

    // An older form (GitHub REST, 2026-08).
    private static string? Skus(JsonElement item) =>
        item.FieldOf("budget_product_skus"u8) is { ValueKind: JsonValueKind.Array } list
            ? string.Join(", ", list.EnumerateArray()
                .Where(sku => sku.ValueKind == JsonValueKind.String).Select(sku => sku.GetString()))
            : null;

    private static decimal? NumberOf(JsonElement item, ReadOnlySpan<byte> name) =>
        item.FieldOf(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDecimal(out var number)
            ? number : null;

    private static bool? FlagOf(JsonElement item, ReadOnlySpan<byte> name) => item.FieldOf(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
