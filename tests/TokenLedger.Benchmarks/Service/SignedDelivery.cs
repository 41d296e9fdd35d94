using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TokenLedger.Benchmarks.Webhooks;

namespace TokenLedger.Benchmarks.Service;

/// <summary>The bytes of a signed delivery, changed in place for the next: that costs little.</summary>
internal sealed class SignedDelivery
{
    // As many digits as GitHub's run ids have.
    private const long FirstRunId = 19_000_000_000;
    private const string DeliveryPrefix = "72d3162e-cc78-11e3-81ab-";
    private const int DeliveryDigits = 12;

    private readonly byte[] request;
    private readonly byte[] secret;
    private readonly int deliveryAt;
    private readonly int signatureAt;
    private readonly int bodyAt;
    private readonly List<int> runIdsAt = [];
    private long count;

    private SignedDelivery(string secret, byte[] body, string host, bool isOfNewRuns)
    {
        this.secret = Encoding.UTF8.GetBytes(secret);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST /api/github/webhooks HTTP/1.1\r\nHost: {host}\r\nAccept: */*\r\n"
            + $"User-Agent: GitHub-Hookshot/044aadd\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\nX-GitHub-Event: workflow_run\r\n"
            + $"X-GitHub-Delivery: {DeliveryPrefix}{0:D12}\r\n"
            + $"X-Hub-Signature-256: sha256={new string('0', 64)}\r\n\r\n");
        request = [.. Encoding.ASCII.GetBytes(head), .. body];
        bodyAt = head.Length;
        deliveryAt = head.IndexOf(DeliveryPrefix, StringComparison.Ordinal) + DeliveryPrefix.Length;
        signatureAt = head.IndexOf("sha256=", StringComparison.Ordinal) + "sha256=".Length;
        if (isOfNewRuns)
            FindRunIds();
        Sign();
    }

    public int BodyLength => request.Length - bodyAt;

    /// <summary>A run that was requested: verified, read and ignored, under another id every time.</summary>
    public static SignedDelivery Ignored(string secret, Uri server) =>
        new(secret, SyntheticWorkflowRun.Body(FirstRunId, "requested"), server.Authority, isOfNewRuns: false);

    /// <summary>A run that is done, another one every time.</summary>
    public static SignedDelivery Recorded(string secret, Uri server) =>
        new(secret, SyntheticWorkflowRun.Body(FirstRunId), server.Authority, isOfNewRuns: true);

    /// <summary>The next request; the bytes are the same array each time.</summary>
    public ReadOnlyMemory<byte> Next()
    {
        count++;
        Write(count, request.AsSpan(deliveryAt, DeliveryDigits));
        if (runIdsAt.Count == 0)
            return request;
        foreach (var at in runIdsAt)
            Write(FirstRunId + count, request.AsSpan(at, RunIdBytes.Length));
        Sign();
        return request;
    }

    private static ReadOnlySpan<byte> RunIdBytes => "19000000000"u8;

    private static void Write(long number, Span<byte> digits)
    {
        for (var at = digits.Length - 1; at >= 0; at--)
        {
            digits[at] = (byte)('0' + (number % 10));
            number /= 10;
        }
    }

    private void FindRunIds()
    {
        for (var at = bodyAt; request.AsSpan(at).IndexOf(RunIdBytes) is >= 0 and var next; at += RunIdBytes.Length)
        {
            at += next;
            runIdsAt.Add(at);
        }
    }

    private void Sign()
    {
        var hash = HMACSHA256.HashData(secret, request.AsSpan(bodyAt));
        Convert.TryToHexStringLower(hash, request.AsSpan(signatureAt, 64), out _);
    }
}
