using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace TokenLedger.Storage.Azure.Accounts;

/// <summary>Signs every attempt anew, so that a retry does not carry the date of the first.</summary>
internal sealed class SharedKeyPolicy(SharedKey key, bool isLite, TimeProvider time) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        request.Headers.SetValue("x-ms-date", time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture));
        var text = isLite
            ? SharedKeyText.Lite(request, key.AccountName)
            : SharedKeyText.Full(request, key.AccountName);
        var scheme = isLite ? "SharedKeyLite" : "SharedKey";
        request.Headers.SetValue("Authorization", $"{scheme} {key.AccountName}:{key.Sign(text)}");
    }
}
