using Azure;
using Azure.Core;
using TokenLedger.Storage.Azure.Requests;

namespace TokenLedger.Storage.Azure.Tables;

/// <summary>
/// Sends one batch. The pipeline repeats an answer that says busy; this, one that says so inside a 202.
/// </summary>
internal sealed class BatchSubmission(StorageService service, string table, TableBatch batch)
{
    private readonly Guid id = Guid.NewGuid();

    private readonly string operation = $"change rows of table {table}";

    public async Task<TableBatchResult> SendAsync(CancellationToken cancellationToken)
    {
        var body = BatchBody.Write(batch, table, service.Endpoint, id);
        for (var attempt = 1; ; attempt++)
        {
            var message = Message(body);
            var response = await service.SendAsync(message, operation, cancellationToken).ConfigureAwait(false);
            if (service.Judge(response, operation) is var outcome and not StorageOutcome.Done)
                return new(outcome, null);
            var answer = BatchAnswer.Read(response.Content.ToString()) ?? throw service.Failure(response, operation);
            if (answer.Outcome is { } judged)
                return new(judged, answer.FailedIndex);
            var failure = Failure(answer, response);
            if (!failure.IsTransient || attempt > service.RetriesMax)
                throw failure;
            await service.WaitAsync(attempt, cancellationToken).ConfigureAwait(false);
        }
    }

    private HttpMessage Message(ReadOnlyMemory<byte> body)
    {
        var message = service.Message(RequestMethod.Post, "/$batch");
        message.Request.Headers.SetValue("Accept", "application/json;odata=nometadata");
        message.Request.Headers.SetValue("DataServiceVersion", "3.0");
        message.Request.Headers.SetValue("MaxDataServiceVersion", "3.0");
        message.Request.Headers.SetValue("Content-Type", $"multipart/mixed; boundary=batch_{id:D}");
        message.Request.Content = RequestContent.Create(body);
        return message;
    }

    private StorageFailureException Failure(BatchAnswer answer, Response response) =>
        new(operation, answer.Status, answer.ErrorCode, response.ClientRequestId);
}
