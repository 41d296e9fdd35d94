using System.Globalization;
using System.Text;
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
    // A cursor stands in an address, of which servers read about 8,000 characters.
    private const int CursorLengthMax = 2_000;

    private static readonly Uri PublicApiUrl = new("https://api.anthropic.com/");

    /// <inheritdoc/>
    public string Kind => BillingAccount.Anthropic;

    /// <inheritdoc/>
    public BillView View => BillView.CostReport;

    /// <inheritdoc/>
    public async Task<BillAnswer> FetchAsync(
        SourceConfiguration source, DateOnly day, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        var key = source.Token ?? throw new ArgumentException("The source has no token.", nameof(source));
        var requestedAt = anthropic.Time.GetUtcNow();
        var options = anthropic.Options;
        var pages = new List<StoredAnswer>();
        var cursors = new HashSet<string>(StringComparer.Ordinal);
        var bytesLeft = options.DayBytesMax;
        string? cursor = null;
        while (true)
        {
            var question = QuestionOf(source, key, day, cursor);
            var (body, refusal) = await anthropic.Api.AskAsync(question, bytesLeft, cancellation);
            refusal ??= FaultOf(question, body.Span);
            if (refusal is not null)
                return new BillAnswer([], refusal) { Questions = pages.Count + 1 };
            pages.Add(new StoredAnswer(question.Url, body));
            bytesLeft -= body.Length;
            var head = CostPageHead.Of(body.Span);
            if (head.HasMore == false)
                return new BillAnswer([Document(source, day, pages, requestedAt)], null) { Questions = pages.Count };
            refusal = head.NextPage is not { Length: > 0 and <= CursorLengthMax } next || head.HasMore is null
                ? AnthropicRefusals.Malformed(question, "does not say where it goes on")
                : !cursors.Add(next) ? AnthropicRefusals.Malformed(question, "goes on in a circle")
                : pages.Count == options.PagesMax ? AnthropicRefusals.TooLarge(question, options)
                : null;
            if (refusal is not null)
                return new BillAnswer([], refusal) { Questions = pages.Count };
            cursor = head.NextPage;
        }
    }

    // A cursor belongs to its parameters: with others it is refused.
    private static AnthropicQuestion QuestionOf(
        SourceConfiguration source, Secret key, DateOnly day, string? cursor)
    {
        // One bucket is asked for; the largest limit leaves the least to page through.
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"starting_at={day:yyyy-MM-dd}T00%3A00%3A00Z&ending_at={day.AddDays(1):yyyy-MM-dd}T00%3A00%3A00Z")
            + "&bucket_width=1d&group_by%5B%5D=workspace_id&group_by%5B%5D=description&limit=31"
            + (cursor is null ? "" : $"&page={Uri.EscapeDataString(cursor)}");
        var api = (source.ApiUrl ?? PublicApiUrl).AbsoluteUri.TrimEnd('/');
        return new AnthropicQuestion(
            new Uri($"{api}/v1/organizations/cost_report?{query}"), key, $"key of source {source.Name}",
            $"the bill of {source.Account.Name}");
    }

    private static ProviderRefusal? FaultOf(AnthropicQuestion question, ReadOnlySpan<byte> body) =>
        AnswerForm.Check(body, "data"u8) switch
        {
            AnswerFault.NoJson => AnthropicRefusals.Malformed(question, "is no JSON"),
            AnswerFault.NoBill => AnthropicRefusals.Malformed(question, "has no data"),
            AnswerFault.CutOff => AnthropicRefusals.CutOff(question),
            // What mirrors the request must not be kept.
            _ when body.IndexOf(Encoding.UTF8.GetBytes(question.Key.Reveal())) >= 0 =>
                AnthropicRefusals.Malformed(question, "holds the key it was asked with"),
            _ => null,
        };

    private static BillDocument Document(
        SourceConfiguration source, DateOnly day, List<StoredAnswer> pages, DateTimeOffset requestedAt)
    {
        var kind = source.Account.Kind.ToString().ToLowerInvariant();
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"anthropic-{kind}-{Uri.EscapeDataString(source.Account.Name)}-cost-report-{day:yyyy-MM-dd}.json");
        return new BillDocument(name, StoredAnswer.ToFile(pages, requestedAt), requestedAt);
    }
}
