using Azure.Core;

namespace TokenLedger.Storage.Azure.Tables;

/// <summary>Repeats a batch also when its inner answer says "busy": the outer one says 202 all the same.</summary>
internal sealed class BatchClassifier : ResponseClassifier
{
    public static BatchClassifier Shared { get; } = new();

    public override bool IsRetriableResponse(HttpMessage message) => base.IsRetriableResponse(message)
        || (message.Response.Status == 202
            && BatchAnswer.Read(message.Response.Content.ToString()) is { Status: 408 or 429 or >= 500 });
}
