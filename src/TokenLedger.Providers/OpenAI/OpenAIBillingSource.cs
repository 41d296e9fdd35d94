using System.Globalization;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Providers.Http;

namespace TokenLedger.Providers.OpenAI;

/// <summary>
/// One day of an organisation's <c>organization/costs</c>, by line item and project: all of its pages, or nothing.
/// </summary>
/// <remarks>
/// What Codex uses under a ChatGPT plan is not in it, and neither usage nor lag is promised (OpenAI's API schema,
/// 2026-08).
/// </remarks>
/// <param name="openAI">The way to OpenAI.</param>
public sealed class OpenAIBillingSource(OpenAIConnection openAI) : IBillingSource
{
    /// <inheritdoc/>
    public string Kind => BillingAccount.OpenAI;

    /// <inheritdoc/>
    public BillView View => BillView.OrganizationCosts;

    /// <inheritdoc/>
    public Task<BillAnswer> FetchAsync(SourceConfiguration source, DateOnly day, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        return CostReportPages.FetchAsync(openAI, source, View, day, AddressOf(source, day), cancellation);
    }

    private static Uri AddressOf(SourceConfiguration source, DateOnly day)
    {
        // One bucket is asked for; the largest limit leaves the least to page through.
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"start_time={OpenAIProvider.SecondsOf(day)}&end_time={OpenAIProvider.SecondsOf(day.AddDays(1))}")
            + "&bucket_width=1d" + string.Concat(GroupsOf(source).Select(group => $"&group_by%5B%5D={group}"))
            + "&limit=180";
        return OpenAIProvider.AddressOf(source, "costs", query);
    }

    // A row that names what no run is known by is nobody's: keys are asked for only where a bucket names one, and
    // projects not where buckets name keys alone.
    private static IEnumerable<string> GroupsOf(SourceConfiguration source)
    {
        var byKey = source.Buckets.Any(bucket => bucket.ApiKey is not null);
        yield return "line_item";
        if (!byKey || source.Buckets.Any(bucket => bucket.Project is not null))
            yield return "project_id";
        if (byKey)
            yield return "api_key_id";
    }
}
