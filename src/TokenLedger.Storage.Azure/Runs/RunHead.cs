using Azure;
using TokenLedger.Application.Ports;

namespace TokenLedger.Storage.Azure.Runs;

/// <summary>
/// The head of a run in <c>runindex</c>: which generation of its rows counts, where they lie and how many there are.
/// </summary>
internal sealed record RunHead
{
    public required string Host { get; init; }

    public required long RunId { get; init; }

    public required string Repository { get; init; }

    public long? RepositoryId { get; init; }

    public required string InputHash { get; init; }

    /// <summary>The fold's note of the archive; null when it made none.</summary>
    public string? ArchiveMark { get; init; }

    public required long Revision { get; init; }

    public required string Generation { get; init; }

    /// <summary>The day of the run's first row, which holds its rejected lines too.</summary>
    public required DateOnly HomeDay { get; init; }

    /// <summary>The days whose partitions hold attempts.</summary>
    public required IReadOnlyList<DateOnly> RunDays { get; init; }

    /// <summary>The days whose partitions hold slices.</summary>
    public required IReadOnlyList<DateOnly> UsageDays { get; init; }

    /// <summary>
    /// Days after the start of attempts without slices, which may have run into them; heads of an earlier version have
    /// none.
    /// </summary>
    public required IReadOnlyList<DateOnly> UnseenDays { get; init; }

    /// <summary>Days that nobody has queued yet, with the last revision that changed them.</summary>
    public required IReadOnlyDictionary<DateOnly, long> ChangedDays { get; init; }

    public required int Attempts { get; init; }

    public required int Slices { get; init; }

    public required int Problems { get; init; }

    /// <summary>Which call wrote it: a call whose answer was lost knows its own work by this.</summary>
    public required Guid Writer { get; init; }

    public ETag ETag { get; init; }

    /// <summary>The days whose reconciliation looks at the run.</summary>
    public IEnumerable<DateOnly> Days =>
        RunDays.Concat(UsageDays).Concat(UnseenDays).Where(day => day != Rows.RowText.NoDay).Distinct();

    /// <summary>What the port tells; null when the run's evidence is gone, all of it.</summary>
    public StoredRun? ToStored() => Attempts == 0 ? null : Describe();

    /// <summary>What a store tells of what it has stored, be it that nothing is left of the run.</summary>
    public StoredRun Describe() => new(Repository, RepositoryId, InputHash, Revision)
    {
        ChangedDays = [.. ChangedDays.Keys.Order()],
        ArchiveMark = ArchiveMark,
    };
}
