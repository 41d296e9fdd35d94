using System.Globalization;

namespace TokenLedger.Testing.GitHub.Actions;

/// <summary>
/// The filter <c>created</c>: <c>A..B</c>, <c>&gt;=A</c>, <c>&lt;=B</c> or a day; both ends inclusive.
/// </summary>
internal sealed record CreatedRange(DateTimeOffset From, DateTimeOffset To)
{
    public static CreatedRange? Of(string text)
    {
        var (from, to) = text switch
        {
            ['>', '=', .. var first] => (first, "*"),
            ['<', '=', .. var last] => ("*", last),
            _ => text.Split("..") is [var first, var last] ? (first, last) : (text, text),
        };
        var start = from == "*" ? DateTimeOffset.MinValue : Time(from, isEnd: false);
        var end = to == "*" ? DateTimeOffset.MaxValue : Time(to, isEnd: true);
        return start is { } known && end is { } until ? new CreatedRange(known, until) : null;
    }

    public bool Has(DateTimeOffset time) => time >= From && time <= To;

    private static DateTimeOffset? Time(string text, bool isEnd)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day))
            return new DateTimeOffset(day.ToDateTime(isEnd ? new TimeOnly(23, 59, 59) : default), TimeSpan.Zero);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
    }
}
