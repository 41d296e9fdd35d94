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
            return OfMonth(answer, hints);
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

    private static (DateOnly? Day, BillProblem? Problem) OfMonth(JsonAnswer answer, BillHints hints)
    {
        if (answer.Items.Exists(item => item["date"] is not null))
            return (null, null);
        if (hints.Day is not { } flag)
        {
            return (null, new BillProblem(BillCodes.NoDay,
                "The answer names no day; ask the API with day=, or pass --day YYYY-MM-DD."));
        }

        var isOther = (answer.Year ?? flag.Year) != flag.Year || (answer.Month ?? flag.Month) != flag.Month;
        return isOther
            ? (null, new BillProblem(BillCodes.Contradiction,
                $"The answer is for another month than {ShownText.Of(flag)}: correct --day."))
            : (flag, null);
    }

    private static bool TryMake(int year, int month, int day, out DateOnly made)
    {
        var isDay = year is >= 1 and <= 9999 && month is >= 1 and <= 12
            && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        made = isDay ? new DateOnly(year, month, day) : default;
        return isDay;
    }
}
