using System.Globalization;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Providers.Http;

namespace TokenLedger.Providers.Anthropic;

/// <summary>
/// One day of an organisation's <c>cost_report</c>, by workspace and description: all of its pages, or nothing.
/// </summary>
/// <remarks>Priority Tier and fast mode are not in the report (Anthropic's API reference, 2026-08).</remarks>
/// <param name="anthropic">The way to Anthropic.</param>
public sealed class AnthropicBillingSource(AnthropicConnection anthropic) : IBillingSource
{
    /// <inheritdoc/>
    public string Kind => BillingAccount.Anthropic;

    /// <inheritdoc/>
    public BillView View => BillView.CostReport;

    /// <inheritdoc/>
    public Task<BillAnswer> FetchAsync(SourceConfiguration source, DateOnly day, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        return CostReportPages.FetchAsync(anthropic, source, View, day, AddressOf(source, day), cancellation);
    }

    private static Uri AddressOf(SourceConfiguration source, DateOnly day)
    {
        // One bucket is asked for; the largest limit leaves the least to page through.
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"starting_at={day:yyyy-MM-dd}T00%3A00%3A00Z&ending_at={day.AddDays(1):yyyy-MM-dd}T00%3A00%3A00Z")
            + "&bucket_width=1d&group_by%5B%5D=workspace_id&group_by%5B%5D=description&limit=31";
        return AnthropicProvider.AddressOf(source, "cost_report", query);
    }
}
