namespace TokenLedger.Application.Explaining;

/// <summary>What an explanation says beside its figures, and what to do about it.</summary>
internal static class ExplanationNotes
{
    public const string DayNotRecorded =
        "This day is not recorded yet: 'tokenledger rebuild' records every day of the ledger, 'serve', 'poll' and the "
        + "service on Azure each day that they reconcile.";

    public const string NoBillSeen = "No bill of this day has been seen by the account: import it, or poll for it.";

    public const string BillChanged =
        "The bill has changed since it was split: these are the figures as they were recorded. 'tokenledger rebuild', "
        + "'poll' and 'serve' record it anew.";

    public const string RequestsNotKept =
        "Requests are counted and summed, not kept one by one: the run's raw log has each of them.";

    public const string NoTelemetry =
        "Nothing is known of the tokens of this attempt: it left no log, or its log has not been collected yet.";

    public const string UsageGone =
        "Recorded for usage that the run has no more: its log was read anew since the day was recorded.";

    public const string NothingKnown = "Neither usage nor a share of a bill is known in the period.";

    public const string Check =
        "The line shows money again that counts elsewhere: nothing of it is split. 'explain' its day to see what is.";

    public const string LineNotSplit =
        "Nothing of the line is split: the day is recorded with other lines, or the line bills nothing.";
}
