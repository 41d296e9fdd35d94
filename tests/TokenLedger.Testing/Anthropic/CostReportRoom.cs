using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TokenLedger.Testing.GitHub.Serving;

namespace TokenLedger.Testing.Anthropic;

/// <summary>Answers <c>cost_report</c> by workspace and description, as documented 2026-08.</summary>
internal sealed class CostReportRoom(IReadOnlyList<FakeCost> costs, int rowsPerPage)
{
    private const int BucketsMax = 31;

    public ApiAnswer Answer(IQueryCollection query)
    {
        if (!TryReadDay(query["starting_at"], out var from) || !TryReadDay(query["ending_at"], out var until)
            || until <= from || query["bucket_width"] != "1d"
            || query["group_by[]"].Order(StringComparer.Ordinal).ToArray() is not ["description", "workspace_id"]
            || !int.TryParse(query["limit"], CultureInfo.InvariantCulture, out var limit) || limit is < 1 or > BucketsMax
            || until.DayNumber - from.DayNumber > limit)
            return Invalid("parameters");
        var offset = 0;
        var asked = string.Join('&', query.Where(pair => pair.Key is not "page").OrderBy(pair => pair.Key));
        if (query.ContainsKey("page") && !TryReadCursor(query["page"].ToString(), asked, out offset))
            return Invalid("page");
        var rows = costs.Where(cost => cost.Day >= from && cost.Day < until).OrderBy(cost => cost.Day).ToList();
        var page = rows.Skip(offset).Take(rowsPerPage).ToList();
        var hasMore = offset + page.Count < rows.Count;
        var days = Enumerable.Range(from.DayNumber, until.DayNumber - from.DayNumber)
            .Select(DateOnly.FromDayNumber)
            .Where(day => page.Exists(cost => cost.Day == day)
                || (!hasMore && !rows.Exists(cost => cost.Day == day)));
        return ApiAnswer.Of(new JsonObject
        {
            ["data"] = new JsonArray([.. days.Select(day => BucketOf(day, page))]),
            ["has_more"] = hasMore,
            ["next_page"] = hasMore ? CursorOf(offset + page.Count, asked) : null,
        });
    }

    /// <summary>An error of the API's form.</summary>
    public static ApiAnswer Error(int status, string type, string message) => ApiAnswer.Of(
        new JsonObject
        {
            ["type"] = "error",
            ["error"] = new JsonObject { ["type"] = type, ["message"] = message },
        },
        status);

    private static ApiAnswer Invalid(string what) => Error(400, "invalid_request_error", $"{what}: invalid");

    private static JsonObject BucketOf(DateOnly day, List<FakeCost> page) => new()
    {
        ["starting_at"] = Text(day),
        ["ending_at"] = Text(day.AddDays(1)),
        ["results"] = new JsonArray([.. page.Where(cost => cost.Day == day).Select(cost => cost.ToJson())]),
    };

    // A cursor is tied to the parameters that it was given for; its text wants to be encoded.
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

    private static bool TryReadDay(string? text, out DateOnly day) => DateOnly.TryParseExact(
        text, "yyyy-MM-dd'T00:00:00Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd'T00:00:00Z'", CultureInfo.InvariantCulture);
}
