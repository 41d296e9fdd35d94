using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TokenLedger.Testing.GitHub.Serving;

namespace TokenLedger.Testing.OpenAI;

/// <summary>Answers <c>organization/costs</c>, as in the API schema of 2026-08.</summary>
internal sealed class CostsRoom(
    IReadOnlyList<FakeOpenAICost> costs, int rowsPerPage, bool hasEmptyBuckets, bool omitsNulls)
{
    private const int BucketsMax = 180;

    private static readonly string[] Groups = ["line_item", "project_id", "api_key_id"];

    public ApiAnswer Answer(IQueryCollection query)
    {
        var groups = query["group_by[]"].OfType<string>().ToList();
        if (!TryReadDay(query["start_time"], out var from) || !TryReadDay(query["end_time"], out var until)
            || until <= from || query["bucket_width"] != "1d" || groups.Except(Groups).Any()
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
                || (hasEmptyBuckets && !hasMore && !rows.Exists(cost => cost.Day == day)));
        return ApiAnswer.Of(new JsonObject
        {
            ["object"] = "page",
            ["data"] = new JsonArray([.. days.Select(day => BucketOf(day, page, groups))]),
            ["has_more"] = hasMore,
            ["next_page"] = hasMore ? CursorOf(offset + page.Count, asked) : null,
        });
    }

    /// <summary>An error of the API's form.</summary>
    public static ApiAnswer Error(int status, string message) => ApiAnswer.Of(
        new JsonObject
        {
            ["error"] = new JsonObject { ["message"] = message, ["type"] = "invalid_request_error" },
        },
        status);

    private static ApiAnswer Invalid(string what) => Error(400, $"{what}: invalid");

    private JsonObject BucketOf(DateOnly day, List<FakeOpenAICost> page, List<string> groups) => new()
    {
        ["object"] = "bucket",
        ["start_time"] = SecondsOf(day),
        ["end_time"] = SecondsOf(day.AddDays(1)),
        ["results"] = new JsonArray(
            [.. page.Where(cost => cost.Day == day).Select(cost => cost.ToJson(groups, omitsNulls))]),
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

    private static bool TryReadDay(string? text, out DateOnly day)
    {
        var isRead = long.TryParse(text, CultureInfo.InvariantCulture, out var seconds);
        var instant = DateTimeOffset.FromUnixTimeSeconds(seconds);
        day = DateOnly.FromDateTime(instant.UtcDateTime);
        return isRead && instant.TimeOfDay == TimeSpan.Zero;
    }

    private static long SecondsOf(DateOnly day) =>
        new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeSeconds();
}
