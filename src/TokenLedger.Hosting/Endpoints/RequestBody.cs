using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace TokenLedger.Hosting.Endpoints;

/// <summary>A request's body in pooled memory, never longer than its bound.</summary>
internal sealed class RequestBody : IDisposable
{
    // A workflow_run payload is about 19 KB. Room is made for what has come, never for what a caller announces.
    private const int FirstBytes = 32 * 1024;

    private byte[] buffer;
    private int length;

    private RequestBody(int capacity) => buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public ReadOnlyMemory<byte> Content => buffer.AsMemory(0, length);

    /// <summary>The body; null when it is longer than the bound.</summary>
    public static async Task<RequestBody?> ReadAsync(HttpRequest request, int bytesMax, CancellationToken cancellation)
    {
        if (request.ContentLength > bytesMax)
            return null;
        var body = new RequestBody(FirstBytes);
        try
        {
            // Ends with the body or one byte behind the bound.
            while (true)
            {
                var read = await request.Body.ReadAsync(body.buffer.AsMemory(body.length), cancellation);
                if (read == 0)
                    return body;
                body.length += read;
                if (body.length > bytesMax)
                {
                    body.Dispose();
                    return null;
                }

                if (body.length == body.buffer.Length)
                    body.Grow();
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        length = 0;
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
