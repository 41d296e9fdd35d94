using System.Text.Json;
using Azure;
using Azure.Core;
using TokenLedger.Storage.Azure.Requests;

namespace TokenLedger.Storage.Azure.Tables;

/// <summary>One table. Limits of the service are checked before anything is sent.</summary>
/// <remarks>
/// Every method throws <see cref="ArgumentException"/> for what the service could not store and
/// <see cref="StorageFailureException"/> for failures that its outcomes do not name. An attempt that was repeated after
/// a lost answer can meet its own work: an insert then says AlreadyExists, a conditional change ConditionNotMet.
/// </remarks>
public sealed class TableClient
{
    private const string Json = "application/json";
    private const string NoMetadata = "application/json;odata=nometadata";

    private readonly StorageService service;

    internal TableClient(StorageService service, string name)
    {
        TableLimits.CheckTableName(name);
        this.service = service;
        Name = name;
    }

    public string Name { get; }

    /// <returns>Done or AlreadyExists.</returns>
    public Task<StorageOutcome> CreateIfMissingAsync(CancellationToken cancellationToken = default)
    {
        var message = Message(RequestMethod.Post, "/Tables");
        message.Request.Headers.SetValue("Prefer", "return-no-content");
        // The name is checked: letters and digits need no escape.
        SetBody(message, BinaryData.FromString($$"""{"TableName":"{{Name}}"}""").ToMemory());
        return service.OutcomeAsync(message, $"create table {Name}", cancellationToken);
    }

    /// <summary>Whether the table is there.</summary>
    public async Task<bool> ExistsAsync(CancellationToken cancellationToken = default)
    {
        var operation = $"look for table {Name}";
        var message = service.Message(RequestMethod.Get, $"/{Name}()", ("$top", "1"));
        message.Request.Headers.SetValue("Accept", NoMetadata);
        return await service.OutcomeAsync(message, operation, cancellationToken).ConfigureAwait(false)
            == StorageOutcome.Done;
    }

    /// <returns>The new row's version, or AlreadyExists. NotFound: the table is missing. So for every change.</returns>
    public Task<StorageResult<ETag>> InsertAsync(TableEntity entity, CancellationToken cancellationToken = default) =>
        ChangeAsync(new(TableOperation.Insert, entity, null), cancellationToken);

    /// <summary>Inserts, or merges into what is there.</summary>
    public Task<StorageResult<ETag>> UpsertMergeAsync(
        TableEntity entity, CancellationToken cancellationToken = default) =>
        ChangeAsync(new(TableOperation.Merge, entity, null), cancellationToken);

    /// <summary>Inserts, or replaces what is there.</summary>
    public Task<StorageResult<ETag>> UpsertReplaceAsync(
        TableEntity entity, CancellationToken cancellationToken = default) =>
        ChangeAsync(new(TableOperation.Replace, entity, null), cancellationToken);

    /// <summary>Merges into a row that is there and, unless the tag is <c>ETag.All</c>, has not changed.</summary>
    /// <returns>The new version, NotFound or ConditionNotMet.</returns>
    public Task<StorageResult<ETag>> MergeAsync(
        TableEntity entity, ETag condition, CancellationToken cancellationToken = default) =>
        ChangeAsync(new(TableOperation.Merge, entity, condition), cancellationToken);

    /// <summary>Replaces a row that is there and, unless the tag is <c>ETag.All</c>, has not changed.</summary>
    /// <returns>The new version, NotFound or ConditionNotMet.</returns>
    public Task<StorageResult<ETag>> ReplaceAsync(
        TableEntity entity, ETag condition, CancellationToken cancellationToken = default) =>
        ChangeAsync(new(TableOperation.Replace, entity, condition), cancellationToken);

    /// <returns>Done, NotFound or ConditionNotMet.</returns>
    public async Task<StorageOutcome> DeleteAsync(
        string partitionKey, string rowKey, ETag condition, CancellationToken cancellationToken = default)
    {
        var change = new TableChange(TableOperation.Delete, new(partitionKey, rowKey), condition);
        return (await ChangeAsync(change, cancellationToken).ConfigureAwait(false)).Outcome;
    }

    /// <returns>The row with the columns that the reader knows, or NotFound.</returns>
    public async Task<StorageResult<TableEntity>> GetAsync(
        string partitionKey, string rowKey, TableColumns columns, CancellationToken cancellationToken = default)
    {
        TableLimits.CheckKey(partitionKey, nameof(partitionKey));
        TableLimits.CheckKey(rowKey, nameof(rowKey));
        var message = Message(RequestMethod.Get, TablePath.Of(Name, partitionKey, rowKey));
        var operation = $"read a row of table {Name}";
        var response = await service.SendAsync(message, operation, cancellationToken).ConfigureAwait(false);
        if (service.Judge(response, operation) is var outcome and not StorageOutcome.Done)
            return new(outcome);
        using var document = JsonDocument.Parse(response.Content);
        return new(TableEntityJson.Read(document.RootElement, columns, response.Headers.ETag));
    }

    /// <summary>The rows in the order of their keys, read page by page while they are asked for.</summary>
    /// <remarks>A table that does not exist has no rows.</remarks>
    public IAsyncEnumerable<TableEntity> QueryAsync(
        TableQuery query, TableColumns columns, CancellationToken cancellationToken = default)
    {
        var walk = new TableWalk(service, Name, query, columns);
        return walk.RowsAsync(cancellationToken);
    }

    /// <summary>Makes all changes of a batch, or none. An empty one is Done.</summary>
    public async Task<TableBatchResult> SubmitAsync(TableBatch batch, CancellationToken cancellationToken = default) =>
        batch.Count == 0
            ? new(StorageOutcome.Done, null)
            : await new BatchSubmission(service, Name, batch).SendAsync(cancellationToken).ConfigureAwait(false);

    private async Task<StorageResult<ETag>> ChangeAsync(TableChange change, CancellationToken cancellationToken)
    {
        TableLimits.CheckEntity(change.Entity);
        var message = Message(change.Method, change.Path(Name));
        if (change.Condition is { } condition)
            message.Request.Headers.SetValue("If-Match", condition.ToString("H"));
        if (change.Operation == TableOperation.Insert)
            message.Request.Headers.SetValue("Prefer", "return-no-content");
        if (change.Operation != TableOperation.Delete)
            SetBody(message, TableEntityJson.Write(change.Entity));
        var operation = $"{change.Operation.ToString().ToLowerInvariant()} a row of table {Name}";
        var response = await service.SendAsync(message, operation, cancellationToken).ConfigureAwait(false);
        var outcome = service.Judge(response, operation);
        return outcome == StorageOutcome.Done ? new(response.Headers.ETag ?? default) : new(outcome);
    }

    private HttpMessage Message(RequestMethod method, string path)
    {
        var message = service.Message(method, path);
        message.Request.Headers.SetValue("Accept", NoMetadata);
        message.Request.Headers.SetValue("DataServiceVersion", "3.0");
        message.Request.Headers.SetValue("MaxDataServiceVersion", "3.0");
        return message;
    }

    private static void SetBody(HttpMessage message, ReadOnlyMemory<byte> json)
    {
        message.Request.Headers.SetValue("Content-Type", Json);
        message.Request.Content = RequestContent.Create(json);
    }
}
