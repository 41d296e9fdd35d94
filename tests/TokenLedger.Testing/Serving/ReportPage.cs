using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace TokenLedger.Testing.Serving;

/// <summary>
/// One page of a fake provider's report of days: a cursor is tied to the parameters that it was given for, and a day
/// may go on on the next page.
/// </summary>
/// <param name="Rows">Its rows.</param>
/// <param name="Days">The days that have a bucket on it.</param>
/// <param name="Next">The cursor of the next page; null for the last one.</param>
internal sealed record ReportPage(
    IReadOnlyList<(DateOnly Day, JsonObject Row)> Rows, IReadOnlyList<DateOnly> Days, string? Next)
{
    /// <summary>The page that is asked for; null when its cursor is of other parameters, or none.</summary>
    public static ReportPage? Of(
        IQueryCollection query, IEnumerable<(DateOnly Day, JsonObject Row)> all, DateOnly from, DateOnly until,
        int rowsPerPage, bool hasEmptyBuckets = true)
    {
        var asked = string.Join('&', query.Where(pair => pair.Key is not "page").OrderBy(pair => pair.Key));
        var offset = 0;
        if (query.ContainsKey("page") && !TryReadCursor(query["page"].ToString(), asked, out offset))
            return null;
        var rows = all.Where(row => row.Day >= from && row.Day < until).OrderBy(row => row.Day).ToList();
        var page = rows.Skip(offset).Take(rowsPerPage).ToList();
        var hasMore = offset + page.Count < rows.Count;
        var days = Enumerable.Range(from.DayNumber, until.DayNumber - from.DayNumber)
            .Select(DateOnly.FromDayNumber)
            .Where(day => page.Exists(row => row.Day == day)
                || (hasEmptyBuckets && !hasMore && !rows.Exists(row => row.Day == day)));
        return new ReportPage(page, [.. days], hasMore ? CursorOf(offset + page.Count, asked) : null);
    }

    /// <summary>The rows of a day.</summary>
    public JsonArray ResultsOf(DateOnly day) => new([.. Rows.Where(row => row.Day == day).Select(row => row.Row)]);

    // Its text wants to be encoded.
    private static string CursorOf(int offset, string asked) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{offset}?>{asked}")));

    private static bool TryReadCursor(string cursor, string asked, out int offset)
    {
        var bytes = new byte[cursor.Length];
        offset = 0;
        if (!Convert.TryFromBase64String(cursor, bytes, out var length))
            return false;
        var parts = Encoding.UTF8.GetString(bytes, 0, length).Split("?>", 2);
        return parts.Length == 2 && string.Equals(parts[1], asked, StringComparison.Ordinal)
            && int.TryParse(parts[0], CultureInfo.InvariantCulture, out offset);
    }
}
