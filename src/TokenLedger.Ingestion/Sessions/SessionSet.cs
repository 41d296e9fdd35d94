namespace TokenLedger.Ingestion.Sessions;

/// <summary>The sessions of a run, each once, however many files tell of it.</summary>
internal static class SessionSet
{
    /// <summary>
    /// One record a session: of several under one id the complete one, then the one that counted furthest.
    /// </summary>
    /// <param name="records">The records in the order of their files' paths; equal ones keep it.</param>
    public static List<SessionRecord> Once(IEnumerable<SessionRecord> records)
    {
        var sessions = new List<SessionRecord>();
        foreach (var record in records
            .OrderByDescending(record => record.IsComplete)
            .ThenByDescending(record => record.AiCredits ?? -1)
            .ThenByDescending(record => record.SessionId is not null)
            .ThenByDescending(record => record.EventId is not null)
            .ThenByDescending(record => record.Tokens.Total)
            .ThenByDescending(record => record.Models.Count(model => model.Name is not null)))
        {
            if (!sessions.Exists(known => IsSame(known, record)))
                sessions.Add(record);
        }

        return sessions;
    }

    private static bool IsSame(SessionRecord known, SessionRecord record)
    {
        if (known.EventId is not null && string.Equals(known.EventId, record.EventId, StringComparison.Ordinal))
            return true;
        if (known.SessionId is not null && record.SessionId is not null)
            return string.Equals(known.SessionId, record.SessionId, StringComparison.Ordinal);
        var canTellApart = known.EventId is not null && record.EventId is not null;
        return !canTellApart && known.SaysTheSame(record);
    }
}
