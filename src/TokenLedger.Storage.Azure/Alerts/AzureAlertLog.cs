using System.Runtime.CompilerServices;
using TokenLedger.Application.Ports;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Alerts;

/// <summary>Alerts as rows of <c>alerts</c>: a partition for each kind, a row for each subject.</summary>
public sealed class AzureAlertLog : IAlertLog
{
    private static readonly TableColumns Columns = MakeColumns();

    private readonly TableClient table;

    internal AzureAlertLog(TableClient table) => this.table = table;

    /// <inheritdoc/>
    public async Task<Alert?> FindAsync(string kind, string subject, CancellationToken cancellation)
    {
        var row = await table.GetAsync(TableKey.Encode(kind), TableKey.Encode(subject), Columns, cancellation);
        return row.IsDone ? FromRow(row.Value) : null;
    }

    /// <inheritdoc/>
    public async Task StoreAsync(Alert alert, CancellationToken cancellation)
    {
        var row = new LedgerRow(TableKey.Encode(alert.Kind), TableKey.Encode(alert.Subject))
            .Add("kind", alert.Kind)
            .Add("subject", alert.Subject)
            .AddLong("message", alert.Message)
            .Add("firstat", alert.FirstAt)
            .Add("lastat", alert.LastAt)
            .Add("count", alert.Count)
            .Add("isopen", alert.IsOpen)
            .ToEntity();
        new RowBatches(table).Demand((await table.UpsertReplaceAsync(row, cancellation)).Outcome);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Alert> ReadAsync(CancellationToken cancellation) =>
        ReadAsync(new TableQuery(), cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<Alert> ReadAsync(string kind, CancellationToken cancellation) =>
        ReadAsync(new TableQuery { Filter = TableFilter.Partition(TableKey.Encode(kind)) }, cancellation);

    private async IAsyncEnumerable<Alert> ReadAsync(
        TableQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var alerts = await table.QueryAsync(query, Columns, cancellation)
            .Select(FromRow)
            .ToListAsync(cancellation);
        var ordered = alerts
            .OrderBy(alert => alert.Kind, StringComparer.Ordinal)
            .ThenBy(alert => alert.Subject, StringComparer.Ordinal);
        foreach (var alert in ordered)
            yield return alert;
    }

    private static Alert FromRow(TableEntity row) => new(
        row.KnownText("kind"), row.KnownText("subject"), LongText.Read(row, "message"), row.KnownTime("firstat"),
        row.KnownTime("lastat"), row.KnownInt64("count"), row.KnownBoolean("isopen"));

    private static TableColumns MakeColumns()
    {
        var columns = new TableColumns
        {
            { "kind", TableColumnKind.Text }, { "subject", TableColumnKind.Text }, { "firstat", TableColumnKind.Text },
            { "lastat", TableColumnKind.Text }, { "count", TableColumnKind.Int64 },
            { "isopen", TableColumnKind.Boolean },
        };
        LongText.AddTo(columns, "message");
        return columns;
    }
}
