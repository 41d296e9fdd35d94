namespace TokenLedger.Ingestion.Billing;

/// <summary>The UTC day an answer is for.</summary>
internal static class AnswerDay
{
    /// <summary>The day, null when the rows must name it themselves, or why the answer cannot be taken.</summary>
    public static (DateOnly? Day, BillProblem? Problem) Of(JsonAnswer answer, AnswerAddress address, BillHints hints)
    {
        if (!answer.HasTimePeriod)
            return (address.Day ?? hints.Day, null);
        if (answer.Day is null)
            return OfMonth(answer);
        if (answer is not { Year: { } year, Month: { } month, Day: { } day }
            || !TryMake(year, month, day, out var named))
        {
            return (null, new BillProblem(BillCodes.BadDate, "The time period is no day: fetch the answer again."));
        }

        return hints.Day is { } flag && flag != named
            ? (null, new BillProblem(BillCodes.Contradiction,
                $"The answer is for {ShownText.Of(named)}, not {ShownText.Of(flag)}: correct --day."))
            : (named, null);
    }

    // The API echoes what it was asked: without a day the figures are those of the month or year, of which no flag
    // makes a day.
    private static (DateOnly? Day, BillProblem? Problem) OfMonth(JsonAnswer answer) =>
        answer.Items.Exists(item => item["date"] is not null)
            ? (null, null)
            : (null, new BillProblem(BillCodes.NoDay,
                "The answer adds up a whole month or year; ask the API with year=, month= and day=."));

    private static bool TryMake(int year, int month, int day, out DateOnly made)
    {
        var isDay = year is >= 1 and <= 9999 && month is >= 1 and <= 12
            && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        made = isDay ? new DateOnly(year, month, day) : default;
        return isDay;
    }
}
