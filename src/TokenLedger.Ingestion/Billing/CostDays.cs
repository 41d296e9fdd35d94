using TokenLedger.Domain.Charges;

namespace TokenLedger.Ingestion.Billing;

/// <summary>The days of one whole cost report, be it of several pages.</summary>
internal sealed class CostDays(BillLog log)
{
    private readonly BillAssembly assembly = new();
    private readonly SortedSet<DateOnly> empty = [];
    private readonly HashSet<(DateOnly, string)> seen = [];
    private readonly HashSet<DateOnly> daysOfPage = [];

    /// <summary>Whose bill it is, which no report says: what flags or configuration do; null without.</summary>
    public static BillingAccount? AccountOf(BillHints hints, string source)
    {
        return (hints.Enterprise, hints.Organization, hints.User) switch
        {
            ({ } enterprise, _, _) => Of(BillingAccountKind.Enterprise, enterprise),
            (_, { } organization, _) => Of(BillingAccountKind.Organization, organization),
            (_, _, { } user) => Of(BillingAccountKind.User, user),
            _ => null,
        };

        BillingAccount Of(BillingAccountKind kind, string name) => new(source, kind, name.Trim());
    }

    /// <summary>Says that nobody said whose bill it is.</summary>
    public static void SayNoAccount(CostPage page, BillLog log) => log.Problem(
        page.Answer.Line, BillCodes.NoAccount,
        "A cost report does not say whose it is: pass --org NAME, the name that its source is configured with.");

    /// <summary>
    /// The UTC day of a bucket; null when it is none or not the one asked for, which the log then says.
    /// </summary>
    public static DateOnly? DayOf(CostBucket bucket, BillHints hints, BillLog log)
    {
        var (names, start, end) = bucket switch
        {
            { Date: { } date } => ("date", InstantOf(date), DayAfter(InstantOf(date))),
            { StartingAt: { } text } => ("starting_at to ending_at", InstantOf(text), InstantOf(bucket.EndingAt)),
            _ => ("start_time to end_time", InstantOf(bucket.StartTime), InstantOf(bucket.EndTime)),
        };
        if (start is not { } from || end is not { } until
            || from.TimeOfDay != TimeSpan.Zero || until - from != TimeSpan.FromDays(1))
        {
            log.Reject(bucket.Line, null, BillCodes.BadPeriod,
                $"The bucket is not one UTC day from {names}: ask with bucket_width=1d.");
            return null;
        }

        var day = DateOnly.FromDateTime(from.UtcDateTime);
        if (hints.Day is { } flag && flag != day)
        {
            log.Problem(bucket.Line, BillCodes.Contradiction,
                $"The bucket is of {ShownText.Of(day)}, not {ShownText.Of(flag)}: correct --day.");
            return null;
        }

        if (bucket.HasResults)
            return day;
        log.Reject(bucket.Line, day, BillCodes.BadJsonRow, "The bucket has no results: fetch the report again.");
        return null;
    }

    private static DateTimeOffset? DayAfter(DateTimeOffset? start) =>
        start?.UtcDateTime.Date < DateTime.MaxValue.Date ? start?.AddDays(1) : null;

    private static DateTimeOffset? InstantOf(string? text) => BillDate.TryReadInstant(text, out var instant)
        ? instant
        : null;

    private static DateTimeOffset? InstantOf(long? seconds) =>
        seconds is { } known and >= 0 && known <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(known)
            : null;

    /// <summary>
    /// Whether a bucket is the first of its day on a page. A second one would bill the day twice; its rows are refused.
    /// </summary>
    public bool IsFirstOfPage(CostBucket bucket, DateOnly day)
    {
        if (daysOfPage.Add(day))
            return true;
        log.Reject(bucket.Line, day, BillCodes.MissingPage,
            "The day has two buckets on one page of the report: fetch all pages again, into a file of their own.");
        return false;
    }

    /// <summary>Adds a day on which the report shows nothing.</summary>
    public void AddEmpty(DateOnly day) => empty.Add(day);

    /// <summary>
    /// Adds the day that was asked for where it has no bucket. Persons have none on such a day. Whether OpenAI has one
    /// is not said: a whole answer for a day that has none shows nothing of it, and two such looks never settle a day
    /// with usage.
    /// </summary>
    public void AddAskedFor(IReadOnlyList<CostPage> report, BillHints hints)
    {
        var address = report[0].Address;
        var asked = new CostBucket(1)
        {
            Date = address.Date, StartTime = address.StartTime, EndTime = address.EndTime, HasResults = true,
        };
        if (report.All(page => page.Answer is { Buckets.Count: 0, Faults.Count: 0 })
            && DayOf(asked, hints, log) is { } day)
            AddEmpty(day);
    }

    /// <summary>
    /// Adds the rows of one page, in which equal rows are parts of one charge. A row that another page has already is
    /// of another look at the same bill, or moved while it was read: adding it would bill it twice.
    /// </summary>
    public void AddPage(IReadOnlyList<BillRow> rows)
    {
        foreach (var row in rows)
        {
            if (!seen.Contains((row.Day, row.NaturalKey)))
            {
                assembly.Add(row);
                continue;
            }

            log.Reject(row.Line, row.Day, BillCodes.MissingPage,
                "The row stands on two pages of the cost report: fetch all pages again, into a file of their own.");
        }

        seen.UnionWith(rows.Select(row => (row.Day, row.NaturalKey)));
        daysOfPage.Clear();
    }

    /// <summary>The days, those of nothing too.</summary>
    public IReadOnlyList<DayBill> ToDays(BillingAccount account, BillView view)
    {
        var days = assembly.ToDays(account, view, "", log);
        return
        [
            .. days,
            .. empty.Except(days.Select(bill => bill.Day))
                .Select(day => BillAssembly.EmptyDay(account, view, day, "")),
        ];
    }
}
