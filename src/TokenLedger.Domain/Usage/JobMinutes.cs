namespace TokenLedger.Domain.Usage;

/// <summary>Minutes of jobs as GitHub Actions counts them.</summary>
/// <remarks>
/// Every job is rounded up to a whole minute (GitHub's documentation of Actions billing, 2026-10). It is no bill:
/// runners of one's own and free repositories cost nothing.
/// </remarks>
public static class JobMinutes
{
    /// <summary>The minutes of one job; 0 when it never ran.</summary>
    /// <param name="startedAt">Inclusive.</param>
    /// <param name="completedAt">Exclusive; not before the start, else it counts as nothing.</param>
    public static long Of(DateTimeOffset startedAt, DateTimeOffset completedAt) =>
        completedAt <= startedAt ? 0 : (long)Math.Ceiling((completedAt - startedAt).TotalMinutes);
}
