using System.Text;
using Microsoft.AspNetCore.Http;
using TokenLedger.Testing.GitHub.Serving;

namespace TokenLedger.Testing.Serving;

/// <summary>Writes an answer, or the part of it that a fault leaves.</summary>
internal static class AnswerWriter
{
    private const int SlowPieces = 8;

    /// <param name="context">The request.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="fault">What goes wrong; null for nothing.</param>
    /// <param name="stopping">Ends what never goes on.</param>
    public static async Task WriteAsync(
        HttpContext context, ApiAnswer answer, ProviderFault? fault, CancellationToken stopping)
    {
        var response = context.Response;
        var body = fault?.Body is { } other ? Encoding.UTF8.GetBytes(other) : answer.Body;
        response.StatusCode = fault?.Status ?? answer.Status;
        response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers)
            response.Headers[name] = value;
        foreach (var (name, value) in fault?.Headers ?? [])
            response.Headers[name] = value;
        if (fault is not ({ IsCut: true } or { IsStalled: true } or { IsReset: true }))
        {
            await WriteAsync(response, body, fault?.Pause ?? TimeSpan.Zero, stopping);
            return;
        }

        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body[..(body.Length / 2)], stopping);
        await response.Body.FlushAsync(stopping);
        // Ending with fewer bytes than promised makes the server send what there is and close the connection.
        if (fault.IsReset)
            context.Abort();
        if (fault.IsStalled)
            await UntilAsync(Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted), stopping);
    }

    /// <summary>Waits for a task however it ends, or for the end of the fake.</summary>
    public static async Task UntilAsync(Task task, CancellationToken stopping) =>
        await task.WaitAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static async Task WriteAsync(
        HttpResponse response, ReadOnlyMemory<byte> body, TimeSpan pause, CancellationToken stopping)
    {
        if (pause == TimeSpan.Zero)
        {
            await response.Body.WriteAsync(body, stopping);
            return;
        }

        response.ContentLength = body.Length;
        var piece = (body.Length / SlowPieces) + 1;
        for (var at = 0; at < body.Length; at += piece)
        {
            await response.Body.WriteAsync(body[at..Math.Min(body.Length, at + piece)], stopping);
            await response.Body.FlushAsync(stopping);
            await UntilAsync(Task.Delay(pause, response.HttpContext.RequestAborted), stopping);
        }
    }
}
