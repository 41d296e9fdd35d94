using Microsoft.AspNetCore.Http;

namespace TokenLedger.Hosting.Endpoints;

/// <summary>An error as RFC 9457 problem details.</summary>
/// <param name="Type">A stable URN that tells the kind of problem.</param>
/// <param name="Title">The kind in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What happened this time and what to do; no secret.</param>
internal sealed record Problem(string Type, string Title, int Status, string Detail)
{
    public const string ContentType = "application/problem+json";

    private const string Namespace = "urn:tokenledger:problem:";

    public static Problem Of(int status, string code, string title, string detail) =>
        new(Namespace + code, title, status, detail);

    /// <summary>Answers with the problem, unless an answer has begun.</summary>
    public Task WriteAsync(HttpContext context)
    {
        if (context.Response.HasStarted)
            return Task.CompletedTask;
        context.Response.StatusCode = Status;
        return context.Response.WriteJsonAsync(this, EndpointJson.Default.Problem, ContentType);
    }
}
