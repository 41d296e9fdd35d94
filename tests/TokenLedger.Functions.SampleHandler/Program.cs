using System.Globalization;
using System.Net;
using System.Text;

var port = Environment.GetEnvironmentVariable("FUNCTIONS_CUSTOMHANDLER_PORT");
using var http = new HttpClient();
using var listener = new HttpListener();
listener.Prefixes.Add($"http://127.0.0.1:{port}/");
listener.Start();
Console.WriteLine("the sample listens");
Console.Error.WriteLine("this is a warning");
Console.Error.WriteLine("this is an error");

// Until the host kills it or a test asks it to exit.
while (true)
{
    var context = await listener.GetContextAsync();
    if (context.Request.QueryString["exit"] is { } code)
        Environment.Exit(int.Parse(code, CultureInfo.InvariantCulture));
    var path = context.Request.Url!.AbsolutePath;
    if (path is "/Collect")
        await CallStorageAsync();
    var body = path switch
    {
        "/environment" => string.Join('\n', Environment.GetEnvironmentVariables().Keys.Cast<string>()),
        "/process" => Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
        _ => "{}",
    };
    try
    {
        context.Response.ContentType = "application/json";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
        context.Response.Close();
    }
    catch (Exception lost) when (lost is HttpListenerException or IOException or ObjectDisposedException)
    {
        // Whoever asked no longer waits: a probe that was given up must not end the handler.
    }
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
