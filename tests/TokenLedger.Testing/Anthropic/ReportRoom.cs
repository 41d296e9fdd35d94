using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TokenLedger.Testing.GitHub.Serving;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Testing.Anthropic;

/// <summary>Answers reports by day of Anthropic's Admin API, as documented 2026-08.</summary>
/// <param name="groups">By what the rows must be asked for.</param>
/// <param name="rows">The rows, each with its day.</param>
/// <param name="rowsPerPage">After how many rows a page ends.</param>
internal sealed class ReportRoom(
    string[] groups, IEnumerable<(DateOnly Day, JsonObject Row)> rows, int rowsPerPage)
{
    private const int BucketsMax = 31;

    public ApiAnswer Answer(IQueryCollection query)
    {
        if (!TryReadDay(query["starting_at"], out var from) || !TryReadDay(query["ending_at"], out var until)
            || until <= from || query["bucket_width"] != "1d"
            || !query["group_by[]"].Order(StringComparer.Ordinal).SequenceEqual(groups.Order(StringComparer.Ordinal))
            || !int.TryParse(query["limit"], CultureInfo.InvariantCulture, out var limit) || limit is < 1 or > BucketsMax
            || until.DayNumber - from.DayNumber > limit)
            return Invalid("parameters");
        if (ReportPage.Of(query, rows, from, until, rowsPerPage) is not { } page)
            return Invalid("page");
        return ApiAnswer.Of(new JsonObject
        {
            ["data"] = new JsonArray([.. page.Days.Select(day => new JsonObject
            {
                ["starting_at"] = Text(day),
                ["ending_at"] = Text(day.AddDays(1)),
                ["results"] = page.ResultsOf(day),
            })]),
            ["has_more"] = page.Next is not null,
            ["next_page"] = page.Next,
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

    private static bool TryReadDay(string? text, out DateOnly day) => DateOnly.TryParseExact(
        text, "yyyy-MM-dd'T00:00:00Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd'T00:00:00Z'", CultureInfo.InvariantCulture);
}
