using TokenLedger.Application.Records;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Records;

/// <summary>Rows of one record table as entities. Keys stand in columns too: the entity's own cut a long one.</summary>
internal sealed class RecordEntity
{
    private const string Partition = "partition";
    private const string Row = "row";

    private readonly RecordTable table;

    public RecordEntity(RecordTable table)
    {
        this.table = table;
        var columns = new TableColumns { { Partition, TableColumnKind.Text }, { Row, TableColumnKind.Text } };
        foreach (var column in table.Columns)
        {
            switch (column.Kind)
            {
                case RecordColumnKind.LongText:
                    LongText.AddTo(columns, column.Name);
                    break;
                case RecordColumnKind.Integer or RecordColumnKind.NanoCredits:
                    columns.Add(column.Name, TableColumnKind.Int64);
                    break;
                case RecordColumnKind.Flag:
                    columns.Add(column.Name, TableColumnKind.Boolean);
                    break;
                default:
                    columns.Add(column.Name, TableColumnKind.Text);
                    break;
            }
        }

        Columns = columns;
    }

    public TableColumns Columns { get; }

    public TableEntity Of(RecordRow record)
    {
        var row = new LedgerRow(TableKey.Encode(record.PartitionKey), TableKey.Encode(record.RowKey))
            .Add(Partition, record.PartitionKey)
            .Add(Row, record.RowKey);
        foreach (var column in table.Columns)
        {
            _ = column.Kind switch
            {
                RecordColumnKind.Text => row.Add(column.Name, record.Text(column.Name)),
                RecordColumnKind.LongText when record.Text(column.Name) is { } text => row.AddLong(column.Name, text),
                RecordColumnKind.LongText => row.Add(column.Name, (string?)null),
                RecordColumnKind.Integer => row.Add(column.Name, record.Integer(column.Name)),
                RecordColumnKind.NanoCredits => row.AddNanoCredits(
                    column.Name, column.Name + "usdchart", record.Integer(column.Name)),
                RecordColumnKind.Flag => record.Flag(column.Name) is { } flag
                    ? row.Add(column.Name, flag) : row.Add(column.Name, (string?)null),
                RecordColumnKind.Day => record.Day(column.Name) is { } day
                    ? row.Add(column.Name, day) : row.Add(column.Name, (string?)null),
                RecordColumnKind.Time => row.Add(column.Name, record.Time(column.Name)),
                RecordColumnKind.Number => row.AddMoney(column.Name, record.Number(column.Name)),
                var other => throw new InvalidOperationException($"{other} is no kind of column."),
            };
        }

        return row.ToEntity();
    }

    public StoredRecord Read(TableEntity entity)
    {
        var record = new RecordRow(table, entity.KnownText(Partition), entity.KnownText(Row));
        foreach (var column in table.Columns)
        {
            var name = column.Name;
            _ = column.Kind switch
            {
                RecordColumnKind.Text => record.Set(name, entity.Text(name)),
                RecordColumnKind.LongText => record.Set(
                    name, entity.Text(name) is null ? null : LongText.Read(entity, name)),
                RecordColumnKind.Integer or RecordColumnKind.NanoCredits => record.Set(name, entity.Int64(name)),
                RecordColumnKind.Flag => record.Set(name, entity.Boolean(name)),
                RecordColumnKind.Day => record.Set(
                    name, entity.Text(name) is { } day ? RowText.Day(day) : (DateOnly?)null),
                RecordColumnKind.Time => record.Set(name, entity.Time(name)),
                RecordColumnKind.Number => record.Set(name, entity.Money(name)),
                var other => throw new InvalidOperationException($"{other} is no kind of column."),
            };
        }

        return new StoredRecord(record, entity.ETag!.Value.ToString("H"));
    }
}
