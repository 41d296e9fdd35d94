using System.Globalization;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Providers.Http;

namespace TokenLedger.Providers.Anthropic;

/// <summary>
/// One day of an organisation's <c>usage_report/messages</c>, by everything that a row of the bill names, and by key:
/// the tokens that the bill's money was for.
/// </summary>
/// <remarks>It has Priority Tier's tokens, whose money no report has (Anthropic's API reference, 2026-08).</remarks>
/// <param name="anthropic">The way to Anthropic.</param>
public sealed class AnthropicUsageSource(AnthropicConnection anthropic) : IBillingSource
{
    private static readonly string[] Groups =
        ["workspace_id", "api_key_id", "model", "service_tier", "context_window", "inference_geo"];

    /// <inheritdoc/>
    public string Kind => BillingAccount.Anthropic;

    /// <inheritdoc/>
    public BillView View => BillView.MessagesUsage;

    /// <inheritdoc/>
    public Task<BillAnswer> FetchAsync(SourceConfiguration source, DateOnly day, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        // One bucket is asked for; the largest limit leaves the least to page through.
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"starting_at={day:yyyy-MM-dd}T00%3A00%3A00Z&ending_at={day.AddDays(1):yyyy-MM-dd}T00%3A00%3A00Z")
            + "&bucket_width=1d" + string.Concat(Groups.Select(group => $"&group_by%5B%5D={group}")) + "&limit=31";
        return CostReportPages.FetchAsync(
            anthropic, source, View, day, AnthropicProvider.AddressOf(source, "usage_report/messages", query),
            cancellation);
    }
}
