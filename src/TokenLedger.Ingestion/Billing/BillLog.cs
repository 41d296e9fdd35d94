using System.Globalization;
using TokenLedger.Domain;

namespace TokenLedger.Ingestion.Billing;

/// <summary>
/// What a reading of one bill file leaves beside its charges: problems, notices and days with left-out rows.
/// </summary>
internal sealed class BillLog(string source)
{
    private readonly List<InputProblem> problems = [];
    private readonly List<Notice> notices = [];
    private readonly SortedDictionary<DateOnly, long> rejectedByDay = [];
    private long rejectedOfUnknownDay;
    private long unlisted;

    /// <summary>Rows met so far, good and bad.</summary>
    public long Rows { get; private set; }

    /// <summary>Counts a row; false when the file has more than can be read.</summary>
    public bool CountRow() => ++Rows <= BillLimits.Rows;

    /// <summary>Adds a problem that is not about a row's money.</summary>
    public void Problem(long? line, string code, string message)
    {
        if (problems.Count < BillLimits.Problems)
            problems.Add(new InputProblem(source, line, code, message));
        else
            unlisted++;
    }

    /// <summary>Adds a problem that leaves a row out, and so makes a day incomplete.</summary>
    /// <param name="line">The row's line.</param>
    /// <param name="day">The row's day; null when it cannot be told, which puts every day of the file in doubt.</param>
    /// <param name="code">The stable code.</param>
    /// <param name="message">What is wrong and what to do.</param>
    public void Reject(long? line, DateOnly? day, string code, string message)
    {
        if (day is { } known)
            rejectedByDay[known] = rejectedByDay.GetValueOrDefault(known) + 1;
        else
            rejectedOfUnknownDay++;
        Problem(line, code, message);
    }

    /// <summary>Adds a notice.</summary>
    public void Notice(string code, string message) => notices.Add(new Notice(code, message));

    /// <summary>The file as it was read.</summary>
    public BillFile ToFile(string? format, IReadOnlyList<DayBill> read)
    {
        IReadOnlyList<DayBill> days =
        [
            .. read.OrderBy(day => day.Account).ThenBy(day => day.Day).ThenBy(day => day.View)
                .ThenBy(day => day.Filter, StringComparer.Ordinal),
        ];
        if (unlisted > 0)
        {
            problems.Add(new InputProblem(source, null, BillCodes.MoreProblems,
                $"{Text(unlisted)} more problems are not listed; mend the first ones and import the file again."));
        }

        NoteIncompleteDays(days);
        return new BillFile(
            format,
            [.. days.Select(day => rejectedByDay.ContainsKey(day.Day) ? day with { IsIncomplete = true } : day)],
            Rows, problems, notices);
    }

    private void NoteIncompleteDays(IReadOnlyList<DayBill> days)
    {
        if (rejectedOfUnknownDay > 0)
        {
            foreach (var day in days.Select(bill => bill.Day).Distinct())
                rejectedByDay.TryAdd(day, 0);
        }

        foreach (var (day, rejected) in rejectedByDay)
        {
            var doubtful = rejectedOfUnknownDay == 0 ? "" : $", of any day: {Text(rejectedOfUnknownDay)}";
            Notice("day-incomplete", $"The bill of {ShownText.Of(day)} is incomplete (rows left out, of this day: "
                + $"{Text(rejected)}{doubtful}): mend the file and import it again.");
        }
    }

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);
}
