using TokenLedger.Application.Ports;
using TokenLedger.Domain.Outcomes;
using TokenLedger.Ingestion.Outcomes;

namespace TokenLedger.Application.Outcomes;

/// <summary>Which pull requests and issues are followed, by repository.</summary>
internal sealed class OutcomeIndex(IRecords records)
{
    /// <summary>Whether the pull request or issue is followed, or a commit's repository has any that is.</summary>
    public async Task<bool> FollowsAsync(OutcomePlace place, CancellationToken cancellation)
    {
        var partition = OutcomeKeys.IndexPartition(place.Host, place.Repository);
        return place.Number is { } number
            ? await records.FindAsync(
                OutcomeTables.Index, partition, OutcomeKeys.IndexRow(number), cancellation) is not null
            : await records.ReadPartitionAsync(OutcomeTables.Index, partition, cancellation)
                .AnyAsync(cancellation);
    }

    /// <summary>The pull request that a commit merged; null when none is known.</summary>
    public async Task<OutcomePlace?> MergedByAsync(OutcomePlace commit, CancellationToken cancellation)
    {
        var partition = OutcomeKeys.IndexPartition(commit.Host, commit.Repository);
        await foreach (var row in records.ReadPartitionAsync(OutcomeTables.Index, partition, cancellation))
        {
            if (string.Equals(row.Row.Text("mergecommit"), commit.Commit, StringComparison.Ordinal))
                return commit with { Commit = null, Number = row.Row.Integer("number") };
        }

        return null;
    }

    /// <summary>The followed numbers of a repository with what is noted of them.</summary>
    public async Task<IReadOnlyList<(WorkSubject Subject, string? Month, string? HeadBranch)>> ReadAsync(
        string host, string repository, CancellationToken cancellation) => await records
            .ReadPartitionAsync(OutcomeTables.Index, OutcomeKeys.IndexPartition(host, repository), cancellation)
            .Select(row => (
                WorkSubject.Of(host, repository, row.Row.Integer("number") ?? 0), row.Row.Text("month"),
                row.Row.Text("headbranch")))
            .ToListAsync(cancellation);
}
