using System.Globalization;
using System.Text;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Providers.Http;

/// <summary>
/// Walks through the pages of one day of a cost report: <c>data</c>, <c>has_more</c>, and <c>next_page</c> sent back
/// as <c>page</c>. All of the pages are the bill, or there is none.
/// </summary>
internal static class CostReportPages
{
    // A cursor stands in an address, of which servers read about 8,000 characters.
    private const int CursorLengthMax = 2_000;

    /// <summary>The day's pages as one document, or why there is none.</summary>
    /// <param name="connection">The way to the provider.</param>
    /// <param name="source">Whose bill; it has a token.</param>
    /// <param name="view">Which view.</param>
    /// <param name="day">The UTC day.</param>
    /// <param name="first">The address of the first page; the cursors of the others are added to it.</param>
    /// <param name="cancellation">Ends the walk.</param>
    public static async Task<BillAnswer> FetchAsync(
        CostReportConnection connection, SourceConfiguration source, BillView view, DateOnly day, Uri first,
        CancellationToken cancellation)
    {
        var key = source.Token ?? throw new ArgumentException("The source has no token.", nameof(source));
        var requestedAt = connection.Time.GetUtcNow();
        var (options, refusals) = (connection.Options, connection.Api.Refusals);
        var question = new CostReportQuestion(
            first, key, $"key of source {source.Name}", $"{SubjectOf(view)} {source.Account.Name}");
        var pages = new List<StoredAnswer>();
        var cursors = new HashSet<string>(StringComparer.Ordinal);
        var bytesLeft = options.DayBytesMax;
        while (true)
        {
            var (body, refusal) = await connection.Api.AskAsync(question, bytesLeft, cancellation);
            refusal ??= FaultOf(question, body.Span, refusals);
            if (refusal is not null)
                return new BillAnswer([], refusal) { Questions = pages.Count + 1 };
            pages.Add(new StoredAnswer(question.Url, body));
            bytesLeft -= body.Length;
            var head = CostPageHead.Of(body.Span);
            if (head.HasMore == false)
            {
                return new BillAnswer([Document(source, view, day, pages, requestedAt)], null)
                {
                    Questions = pages.Count,
                };
            }

            refusal = head.NextPage is not { Length: > 0 and <= CursorLengthMax } next || head.HasMore is null
                ? refusals.Malformed(question, "does not say where it goes on")
                : !cursors.Add(next) ? refusals.Malformed(question, "goes on in a circle")
                : pages.Count == options.PagesMax ? refusals.TooLarge(question, options)
                : null;
            if (refusal is not null)
                return new BillAnswer([], refusal) { Questions = pages.Count };
            // A cursor belongs to its parameters: with others it is refused.
            question = question with
            {
                Url = new Uri($"{first.AbsoluteUri}&page={Uri.EscapeDataString(head.NextPage!)}"),
            };
        }
    }

    private static string SubjectOf(BillView view) =>
        BillViewName.ShowsMoney(view) ? "the bill of" : "the token counts of";

    private static ProviderRefusal? FaultOf(
        CostReportQuestion question, ReadOnlySpan<byte> body, CostReportRefusals refusals) =>
        AnswerForm.Check(body, "data"u8) switch
        {
            AnswerFault.NoJson => refusals.Malformed(question, "is no JSON"),
            AnswerFault.NoBill => refusals.Malformed(question, "has no data"),
            AnswerFault.CutOff => refusals.CutOff(question),
            // What mirrors the request must not be kept.
            _ when body.IndexOf(Encoding.UTF8.GetBytes(question.Key.Reveal())) >= 0 =>
                refusals.Malformed(question, "holds the key it was asked with"),
            _ => null,
        };

    private static BillDocument Document(
        SourceConfiguration source, BillView view, DateOnly day, List<StoredAnswer> pages, DateTimeOffset requestedAt)
    {
        var kind = source.Account.Kind.ToString().ToLowerInvariant();
        var account = $"{kind}-{Uri.EscapeDataString(source.Account.Name)}";
        var report = BillViewName.Of(view).Replace('/', '-').Replace('_', '-');
        var name = string.Create(
            CultureInfo.InvariantCulture, $"{source.Kind}-{account}-{report}-{day:yyyy-MM-dd}.json");
        return new BillDocument(name, StoredAnswer.ToFile(pages, requestedAt), requestedAt);
    }
}
