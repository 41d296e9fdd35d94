using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Rows;

/// <summary>Rows whose partition keys begin with a day, in the order of keys, a day at a time.</summary>
internal sealed class DayGroups(IAsyncEnumerable<TableEntity> rows) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<TableEntity> walk = rows.GetAsyncEnumerator();
    private bool isStarted;
    private TableEntity? next;

    /// <summary>The rows of the next day that has any; null at the end.</summary>
    public async Task<(DateOnly Day, IReadOnlyList<TableEntity> Rows)?> NextAsync()
    {
        await StartAsync();
        if (next is null)
            return null;
        var day = DayOf(next);
        return (day, await TakeAsync(day));
    }

    /// <summary>The rows of a day; those of earlier days are passed over.</summary>
    public async Task<IReadOnlyList<TableEntity>> TakeAsync(DateOnly day)
    {
        await StartAsync();
        var taken = new List<TableEntity>();
        for (; next is not null && DayOf(next) <= day; await StepAsync())
        {
            if (DayOf(next) == day)
                taken.Add(next);
        }

        return taken;
    }

    public ValueTask DisposeAsync() => walk.DisposeAsync();

    private static DateOnly DayOf(TableEntity row) => RowText.Day(row.PartitionKey[..10]);

    private async Task StartAsync()
    {
        if (isStarted)
            return;
        isStarted = true;
        await StepAsync();
    }

    private async Task StepAsync() => next = await walk.MoveNextAsync() ? walk.Current : null;
}
