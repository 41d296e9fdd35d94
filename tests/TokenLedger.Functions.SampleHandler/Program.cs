using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// Kestrel, as the product: .NET's HttpListener aborts the process when somebody connects while it starts, or leaves
// before the answer.
var port = Environment.GetEnvironmentVariable("FUNCTIONS_CUSTOMHANDLER_PORT");
using var http = new HttpClient();
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
await using var app = builder.Build();
app.Run(AnswerAsync);
await app.StartAsync();
Console.WriteLine("the sample listens");
Console.Error.WriteLine("this is a warning");
Console.Error.WriteLine("this is an error");

// Until the host kills it or a test asks it to exit.
await app.WaitForShutdownAsync();

async Task AnswerAsync(HttpContext context)
{
    if (context.Request.Query["exit"].ToString() is { Length: > 0 } code)
        Environment.Exit(int.Parse(code, CultureInfo.InvariantCulture));
    var path = context.Request.Path.Value;
    if (path is "/Collect")
        await CallStorageAsync();
    context.Response.ContentType = "application/json";
    await context.Response.WriteAsync(path switch
    {
        "/environment" => string.Join('\n', Environment.GetEnvironmentVariables().Keys.Cast<string>()),
        "/process" => Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
        _ => "{}",
    });
}

// Three calls, one after the other. They are refused, being unsigned, and count all the same.
async Task CallStorageAsync()
{
    var endpoint = Environment.GetEnvironmentVariable("AzureWebJobsStorage")!.Split(';')
        .Single(part => part.StartsWith("BlobEndpoint=", StringComparison.Ordinal))["BlobEndpoint=".Length..];
    for (var call = 1; call <= 3; call++)
    {
        using var answer = await http.GetAsync(new Uri($"{endpoint}/task/{call}"));
    }
}
