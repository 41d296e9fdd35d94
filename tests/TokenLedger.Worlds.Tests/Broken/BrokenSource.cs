using System.Text;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Worlds.Tests.Broken;

/// <summary>A provider whose answers are changed on the way.</summary>
internal sealed class BrokenSource(IBillingSource source, Func<string, string> change) : IBillingSource
{
    public string Kind => source.Kind;

    public BillView View => source.View;

    /// <summary>The answer without its first row.</summary>
    public static string WithoutFirstRow(string answer)
    {
        const string Rows = "\"usageItems\":[{";
        var from = answer.IndexOf(Rows, StringComparison.Ordinal);
        if (from < 0)
            return answer;
        from += Rows.Length - 1;
        var to = answer.IndexOf('}', from) + 1;
        return answer.Remove(from, to - from + (answer[to] == ',' ? 1 : 0));
    }

    public async Task<BillAnswer> FetchAsync(
        SourceConfiguration asked, DateOnly day, CancellationToken cancellation)
    {
        var answer = await source.FetchAsync(asked, day, cancellation);
        return answer with
        {
            Documents = [.. answer.Documents.Select(document => document with
            {
                Content = Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(document.Content.Span))),
            })],
        };
    }
}
