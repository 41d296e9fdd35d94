namespace TokenLedger.Ingestion.Billing;

/// <summary>The UTC day of a FOCUS charge period: start inclusive, end exclusive.</summary>
internal static class FocusPeriod
{
    /// <summary>The day that holds the whole period; an hour belongs to its day.</summary>
    public static bool TryReadDay(BillCells cells, out DateOnly day, out string fault)
    {
        day = default;
        if (!BillDate.TryReadInstant(cells["chargeperiodstart"], out var start)
            || !BillDate.TryReadInstant(cells["chargeperiodend"], out var end))
        {
            fault = "ChargePeriodStart or ChargePeriodEnd is no instant like 2026-11-18T00:00:00Z: correct it.";
            return false;
        }

        day = DateOnly.FromDateTime(start.UtcDateTime);
        fault = "The charge period is longer than one UTC day: export the file by day or by hour.";
        if (start >= end)
        {
            fault = "The charge period ends before it starts: correct it.";
            return false;
        }

        // The last instant of the period, exclusive end taken off, must be of the same day.
        return DateOnly.FromDateTime(end.UtcDateTime.AddTicks(-1)) == day;
    }
}
