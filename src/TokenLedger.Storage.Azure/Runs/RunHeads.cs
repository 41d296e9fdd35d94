using System.Globalization;
using System.Runtime.CompilerServices;
using TokenLedger.Storage.Azure.Requests;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Runs;

/// <summary>Heads of runs as rows of <c>runindex</c>.</summary>
internal sealed class RunHeads(TableClient table)
{
    // As many point reads are cheaper than a walk over every head between them.
    private const int PointReadsMax = 10;

    // About three days of GitHub's run ids: few runs that are so near have not many of the ledger's between them.
    private const long NearIds = 30_000_000;

    private const int PointReadsAtOnce = 5;

    private static readonly TableColumns Columns = MakeColumns();

    public async Task<RunHead?> FindAsync(string host, long runId, CancellationToken cancellation)
    {
        var row = await table.GetAsync(
            RunKeys.Index(host, runId), RunKeys.IndexRow(runId), Columns, cancellation);
        return row.IsDone ? FromRow(row.Value) : null;
    }

    /// <summary>The heads of runs, by host and run id; runs without one are left out.</summary>
    public async Task<Dictionary<(string Host, long RunId), RunHead>> FindAsync(
        IEnumerable<(string Host, long RunId)> runs, CancellationToken cancellation)
    {
        var heads = new Dictionary<(string Host, long RunId), RunHead>();
        foreach (var partition in runs.Distinct().GroupBy(
            run => RunKeys.Index(run.Host, run.RunId), StringComparer.Ordinal))
        {
            var wanted = partition.ToHashSet();
            await foreach (var head in HeadsOfAsync(partition.Key, wanted, cancellation))
            {
                if (wanted.Contains((head.Host, head.RunId)))
                    heads[(head.Host, head.RunId)] = head;
            }
        }

        return heads;
    }

    /// <summary>Inserts a head, or replaces the one that was read, if it still is as it was.</summary>
    /// <returns>The head as it stands now; null when another was there.</returns>
    public async Task<RunHead?> TryStoreAsync(RunHead head, bool isNew, CancellationToken cancellation)
    {
        var row = ToRow(head);
        var stored = isNew
            ? await table.InsertAsync(row, cancellation)
            : await table.ReplaceAsync(row, head.ETag, cancellation);
        if (stored.Outcome is not (StorageOutcome.AlreadyExists or StorageOutcome.ConditionNotMet))
            new RowBatches(table).Demand(stored.Outcome);
        return stored.IsDone ? head with { ETag = stored.Value } : null;
    }

    private async IAsyncEnumerable<RunHead> HeadsOfAsync(
        string partition, HashSet<(string Host, long RunId)> wanted,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (first, last) = (wanted.Min(run => run.RunId), wanted.Max(run => run.RunId));
        if (wanted.Count == 1 || (wanted.Count <= PointReadsMax && last - first > NearIds))
        {
            foreach (var some in wanted.Chunk(PointReadsAtOnce))
            {
                var read = await Task.WhenAll(some.Select(run => FindAsync(run.Host, run.RunId, cancellation)));
                foreach (var head in read.OfType<RunHead>())
                    yield return head;
            }

            yield break;
        }

        var filter = TableFilter.Partition(partition)
            .And(TableFilter.GreaterOrEqual("RowKey", RunKeys.IndexRow(first)))
            .And(TableFilter.LessOrEqual("RowKey", RunKeys.IndexRow(last)));
        var query = new TableQuery { Filter = filter, WithETags = true };
        await foreach (var row in table.QueryAsync(query, Columns, cancellation))
            yield return FromRow(row);
    }

    private static TableEntity ToRow(RunHead head) =>
        new LedgerRow(RunKeys.Index(head.Host, head.RunId), RunKeys.IndexRow(head.RunId))
            .Add("host", head.Host)
            .Add("runid", head.RunId)
            .Add("repository", head.Repository)
            .Add("repositoryid", head.RepositoryId)
            .Add("inputhash", head.InputHash)
            .Add("revision", head.Revision)
            .Add("generation", head.Generation)
            .Add("homeday", head.HomeDay)
            .AddLong("rundays", RowText.Days(head.RunDays))
            .AddLong("usagedays", RowText.Days(head.UsageDays))
            .AddLong("unseendays", RowText.Days(head.UnseenDays))
            .AddLong("changeddays", ChangedText(head.ChangedDays))
            .Add("attempts", head.Attempts)
            .Add("slices", head.Slices)
            .Add("problems", head.Problems)
            .Add("writer", head.Writer.ToString("N"))
            .AddLong("archivemark", head.ArchiveMark ?? "")
            .ToEntity();

    private static RunHead FromRow(TableEntity row) => new()
    {
        Host = row.KnownText("host"),
        RunId = row.KnownInt64("runid"),
        Repository = row.KnownText("repository"),
        RepositoryId = row.Int64("repositoryid"),
        InputHash = row.KnownText("inputhash"),
        Revision = row.KnownInt64("revision"),
        Generation = row.KnownText("generation"),
        HomeDay = row.KnownDay("homeday"),
        RunDays = RowText.Days(LongText.Read(row, "rundays")),
        UsageDays = RowText.Days(LongText.Read(row, "usagedays")),
        UnseenDays = row.Text("unseendays") is { Length: > 0 } ? RowText.Days(LongText.Read(row, "unseendays")) : [],
        ChangedDays = Changed(LongText.Read(row, "changeddays")),
        Attempts = row.KnownInt32("attempts"),
        Slices = row.KnownInt32("slices"),
        Problems = row.KnownInt32("problems"),
        Writer = Guid.ParseExact(row.KnownText("writer"), "N"),
        // Heads of an earlier version have none.
        ArchiveMark = row.Text("archivemark") is { Length: > 0 } ? LongText.Read(row, "archivemark") : null,
        ETag = row.ETag ?? default,
    };

    // "2026-11-20=3": changed last with revision 3.
    private static string ChangedText(IReadOnlyDictionary<DateOnly, long> days) => string.Join(
        ',',
        days.OrderBy(day => day.Key).Select(day => string.Create(
            CultureInfo.InvariantCulture, $"{RowText.Of(day.Key)}={day.Value}")));

    private static Dictionary<DateOnly, long> Changed(string text) => text
        .Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.Split('='))
        .ToDictionary(
            part => RowText.Day(part[0]), part => long.Parse(part[1], NumberStyles.None, CultureInfo.InvariantCulture));

    private static TableColumns MakeColumns()
    {
        var columns = new TableColumns
        {
            { "host", TableColumnKind.Text }, { "runid", TableColumnKind.Int64 },
            { "repository", TableColumnKind.Text }, { "repositoryid", TableColumnKind.Int64 },
            { "inputhash", TableColumnKind.Text }, { "revision", TableColumnKind.Int64 },
            { "generation", TableColumnKind.Text }, { "homeday", TableColumnKind.Text },
            { "attempts", TableColumnKind.Int32 }, { "slices", TableColumnKind.Int32 },
            { "problems", TableColumnKind.Int32 }, { "writer", TableColumnKind.Text },
        };
        foreach (var name in new[] { "rundays", "usagedays", "unseendays", "changeddays", "archivemark" })
            LongText.AddTo(columns, name);
        return columns;
    }
}
