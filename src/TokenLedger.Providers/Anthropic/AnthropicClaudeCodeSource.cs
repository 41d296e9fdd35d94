using System.Globalization;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Providers.Http;

namespace TokenLedger.Providers.Anthropic;

/// <summary>
/// One day of an organisation's <c>usage_report/claude_code</c>: what Claude Code counts of each person. Asked for only
/// where a source's views name it, because it names persons.
/// </summary>
/// <remarks>Data is shown an hour after it was made (Anthropic's API reference, 2026-08).</remarks>
/// <param name="anthropic">The way to Anthropic.</param>
public sealed class AnthropicClaudeCodeSource(AnthropicConnection anthropic) : IBillingSource
{
    /// <inheritdoc/>
    public string Kind => BillingAccount.Anthropic;

    /// <inheritdoc/>
    public BillView View => BillView.ClaudeCodeUsage;

    /// <inheritdoc/>
    public bool Covers(SourceConfiguration source, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Views.Contains(View);
    }

    /// <inheritdoc/>
    public Task<BillAnswer> FetchAsync(SourceConfiguration source, DateOnly day, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        var query = string.Create(CultureInfo.InvariantCulture, $"starting_at={day:yyyy-MM-dd}&limit=1000");
        return CostReportPages.FetchAsync(
            anthropic, source, View, day, AnthropicProvider.AddressOf(source, "usage_report/claude_code", query),
            cancellation);
    }
}
