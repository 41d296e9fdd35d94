namespace TokenLedger.Testing.GitHub.Actions;

/// <summary>A job of an attempt.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="StartedAt">When it began; null when it was skipped.</param>
/// <param name="CompletedAt">When it ended; null when it was skipped.</param>
public sealed record FakeJob(long Id, string Name, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt);
