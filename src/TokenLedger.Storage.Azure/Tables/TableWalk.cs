using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Core;
using TokenLedger.Storage.Azure.Requests;

namespace TokenLedger.Storage.Azure.Tables;

/// <summary>A query's pages, one after another. A page may be empty and still not the last.</summary>
internal sealed class TableWalk
{
    private readonly StorageService service;
    private readonly string table;
    private readonly TableQuery query;
    private readonly TableColumns columns;

    public TableWalk(StorageService service, string table, TableQuery query, TableColumns columns)
    {
        if (query.Top is < 1 or > TableLimits.PageRowsMax)
            throw new ArgumentException($"Top is 1 to {TableLimits.PageRowsMax} rows.", nameof(query));
        if (query.Select?.FirstOrDefault(column => !columns.Contains(column)) is { } unknown)
            throw new ArgumentException($"The reader does not know the selected column {unknown}.", nameof(query));
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PagesMax, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfLessThan(query.RowsMax ?? 1, 1, nameof(query));
        this.service = service;
        this.table = table;
        this.query = query;
        this.columns = columns;
    }

    public async IAsyncEnumerable<TableEntity> RowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var operation = $"query table {table}";
        var left = query.RowsMax ?? long.MaxValue;
        (string? Partition, string? Row) next = default;
        for (var page = 0; page < query.PagesMax; page++)
        {
            var message = Message(next.Partition, next.Row);
            var response = await service.SendAsync(message, operation, cancellationToken).ConfigureAwait(false);
            if (service.Judge(response, operation) == StorageOutcome.NotFound)
                yield break;
            foreach (var row in Rows(response))
            {
                yield return row;
                if (--left == 0)
                    yield break;
            }

            next = Next(response);
            if (next.Partition is null)
                yield break;
        }

        throw new InvalidOperationException(
            $"The query of table {table} was not at its end after {HeaderNumbers.Text(query.PagesMax)} answers.");
    }

    private HttpMessage Message(string? nextPartition, string? nextRow)
    {
        var select = query.Select is null ? null : string.Join(',', ["PartitionKey", "RowKey", .. query.Select]);
        var message = service.Message(
            RequestMethod.Get,
            $"/{table}()",
            ("$filter", query.Filter?.ToString()),
            ("$select", select),
            ("$top", query.Top?.ToString(CultureInfo.InvariantCulture)),
            ("NextPartitionKey", nextPartition),
            ("NextRowKey", nextRow));
        var metadata = query.WithETags ? "minimalmetadata" : "nometadata";
        message.Request.Headers.SetValue("Accept", $"application/json;odata={metadata}");
        message.Request.Headers.SetValue("DataServiceVersion", "3.0");
        message.Request.Headers.SetValue("MaxDataServiceVersion", "3.0");
        return message;
    }

    private List<TableEntity> Rows(Response response)
    {
        using var document = JsonDocument.Parse(response.Content);
        return [.. document.RootElement.GetProperty("value").EnumerateArray()
            .Select(row => TableEntityJson.Read(row, columns))];
    }

    private static (string? Partition, string? Row) Next(Response response)
    {
        response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out var partition);
        response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out var row);
        return (partition, row);
    }
}
