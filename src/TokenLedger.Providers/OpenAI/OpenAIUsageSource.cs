using System.Globalization;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Providers.Http;

namespace TokenLedger.Providers.OpenAI;

/// <summary>
/// One day of an organisation's <c>usage/completions</c>, by project, key, model, batch and tier: the tokens that the
/// costs were for.
/// </summary>
/// <remarks>It need not agree with the costs, which are what is invoiced (OpenAI's API schema, 2026-08).</remarks>
/// <param name="openAI">The way to OpenAI.</param>
public sealed class OpenAIUsageSource(OpenAIConnection openAI) : IBillingSource
{
    private static readonly string[] Groups = ["project_id", "api_key_id", "model", "batch", "service_tier"];

    /// <inheritdoc/>
    public string Kind => BillingAccount.OpenAI;

    /// <inheritdoc/>
    public BillView View => BillView.CompletionsUsage;

    /// <inheritdoc/>
    public Task<BillAnswer> FetchAsync(SourceConfiguration source, DateOnly day, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        // One bucket is asked for; the largest limit leaves the least to page through.
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"start_time={OpenAIProvider.SecondsOf(day)}&end_time={OpenAIProvider.SecondsOf(day.AddDays(1))}")
            + "&bucket_width=1d" + string.Concat(Groups.Select(group => $"&group_by%5B%5D={group}")) + "&limit=31";
        return CostReportPages.FetchAsync(
            openAI, source, View, day, OpenAIProvider.AddressOf(source, "usage/completions", query), cancellation);
    }
}
