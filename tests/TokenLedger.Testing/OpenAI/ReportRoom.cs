using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TokenLedger.Testing.GitHub.Serving;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Testing.OpenAI;

/// <summary>Answers reports by day of OpenAI's administration API, as in the API schema of 2026-08.</summary>
/// <param name="groups">By what rows may be asked for.</param>
/// <param name="bucketsMax">The largest limit.</param>
/// <param name="rows">The rows as they are asked for, each with its day.</param>
/// <param name="rowsPerPage">After how many rows a page ends.</param>
/// <param name="hasEmptyBuckets">Whether a day of nothing has a bucket.</param>
internal sealed class ReportRoom(
    string[] groups, int bucketsMax, Func<IReadOnlyCollection<string>, IEnumerable<(DateOnly Day, JsonObject Row)>> rows,
    int rowsPerPage, bool hasEmptyBuckets)
{
    public ApiAnswer Answer(IQueryCollection query)
    {
        var asked = query["group_by[]"].OfType<string>().ToList();
        if (!TryReadDay(query["start_time"], out var from) || !TryReadDay(query["end_time"], out var until)
            || until <= from || query["bucket_width"] != "1d" || asked.Except(groups).Any()
            || !int.TryParse(query["limit"], CultureInfo.InvariantCulture, out var limit) || limit < 1 || limit > bucketsMax
            || until.DayNumber - from.DayNumber > limit)
            return Invalid("parameters");
        if (ReportPage.Of(query, rows(asked), from, until, rowsPerPage, hasEmptyBuckets) is not { } page)
            return Invalid("page");
        return ApiAnswer.Of(new JsonObject
        {
            ["object"] = "page",
            ["data"] = new JsonArray([.. page.Days.Select(day => new JsonObject
            {
                ["object"] = "bucket",
                ["start_time"] = SecondsOf(day),
                ["end_time"] = SecondsOf(day.AddDays(1)),
                ["results"] = page.ResultsOf(day),
            })]),
            ["has_more"] = page.Next is not null,
            ["next_page"] = page.Next,
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
