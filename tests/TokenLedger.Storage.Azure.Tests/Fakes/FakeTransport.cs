using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace TokenLedger.Storage.Azure.Tests.Fakes;

/// <summary>Answers in order, without a network, and keeps what was asked. A request without an answer is an error.</summary>
public sealed class FakeTransport(params FakeResponse[] answers) : HttpPipelineTransport
{
    private readonly List<SentRequest> sent = [];

    public IReadOnlyList<SentRequest> Sent => sent;

    public Action? BeforeAnswer { get; init; }

    // Only makes requests; nothing is sent through it.
    public override Request CreateRequest() => HttpClientTransport.Shared.CreateRequest();

    public override void Process(HttpMessage message) => throw new NotSupportedException("Only asynchronous.");

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        using var body = new MemoryStream();
        if (message.Request.Content is { } content)
            await content.WriteToAsync(body, message.CancellationToken);
        sent.Add(new(
            message.Request.Method.Method,
            message.Request.Uri.ToUri(),
            message.Request.Headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase),
            Encoding.UTF8.GetString(body.ToArray())));
        BeforeAnswer?.Invoke();
        if (sent.Count > answers.Length)
            throw new InvalidOperationException("A request was sent for which there is no answer.");
        var answer = answers[sent.Count - 1];
        answer.ClientRequestId = message.Request.ClientRequestId;
        message.Response = answer;
    }
}
