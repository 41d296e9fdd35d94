using System.Globalization;
using TokenLedger.Application.Exporting;

namespace TokenLedger.Application.Tests.Exporting;

public sealed class ExportRangeTests
{
    private const int DaysMax = 31;

    // Once a week is the turn of the oldest days; this is the day before.
    private static readonly DateOnly Today = DateOnly.FromDayNumber((new DateOnly(2026, 11, 19).DayNumber / 7 * 7) + 6);
    private static readonly DateOnly OlderDay = Today.AddDays(1);

    [Fact]
    public void Without_a_due_day_nothing_is_asked_for()
    {
        Assert.Null(ExportRange.Of([], Today, DaysMax));
        Assert.Null(ExportRange.Of([], OlderDay, DaysMax));
    }

    [Theory]
    [InlineData("2026-11-18", "2026-11-18", "2026-11-19")]
    [InlineData("2026-10-31", "2026-10-31", "2026-11-01")]
    [InlineData("2028-02-29", "2028-02-29", "2028-03-01")]
    [InlineData("2026-12-31", "2026-12-31", "2027-01-01")]
    [InlineData("2026-10-30 2026-11-02", "2026-10-30", "2026-11-03")]
    [InlineData("2027-02-01 2027-02-28 2027-03-03", "2027-02-01", "2027-03-04")]
    [InlineData("2026-10-19 2026-11-18", "2026-10-19", "2026-11-19")]
    public void What_one_report_holds_is_asked_for_from_the_first_due_day_to_the_last(
        string due, string from, string to)
    {
        foreach (var today in new[] { Today, OlderDay })
            Assert.Equal((Day(from), Day(to)), ExportRange.Of(Days(due), today, DaysMax));
    }

    [Theory]
    [InlineData("2026-10-18 2026-11-18", "2026-11-18", "2026-11-19", "2026-10-18", "2026-10-19")]
    [InlineData("2026-10-18 2026-10-19 2026-11-18", "2026-10-19", "2026-11-19", "2026-10-18", "2026-10-20")]
    [InlineData("2026-09-01 2026-10-01 2026-10-02 2026-11-01", "2026-10-02", "2026-11-02", "2026-09-01", "2026-10-02")]
    [InlineData("2027-01-29 2027-02-28 2027-03-01", "2027-02-28", "2027-03-02", "2027-01-29", "2027-03-01")]
    public void Of_more_than_one_report_holds_the_newest_days_are_asked_for_and_once_a_week_the_oldest(
        string due, string from, string to, string olderFrom, string olderTo)
    {
        Assert.Equal((Day(from), Day(to)), ExportRange.Of(Days(due), Today, DaysMax));
        Assert.Equal((Day(olderFrom), Day(olderTo)), ExportRange.Of(Days(due), OlderDay, DaysMax));
    }

    [Fact]
    public void Whatever_is_due_a_report_is_no_longer_than_it_may_be_ends_on_due_days_and_reaches_the_oldest_each_week()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var first = Today.AddDays(-random.Next(1, 70));
            var share = random.NextDouble();
            List<DateOnly> due =
            [
                first,
                .. Enumerable.Range(1, Today.DayNumber - first.DayNumber).Select(first.AddDays)
                    .Where(day => day < Today && random.NextDouble() < share),
            ];
            var ranges = Enumerable.Range(0, 7)
                .Select(day => ExportRange.Of(due, Today.AddDays(day), DaysMax)!.Value)
                .ToList();

            Assert.All(ranges, range =>
            {
                Assert.InRange(range.To.DayNumber - range.From.DayNumber, 1, DaysMax);
                Assert.Contains(range.From, due);
                Assert.Contains(range.To.AddDays(-1), due);
            });
            Assert.Contains(ranges, range => range.From == due[0]);
            Assert.Contains(ranges, range => range.To.AddDays(-1) == due[^1]);
        }
    }

    private static List<DateOnly> Days(string text) => [.. text.Split(' ').Select(Day)];

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
