using System.Globalization;
using System.Net;
using System.Text;

var port = Environment.GetEnvironmentVariable("FUNCTIONS_CUSTOMHANDLER_PORT");
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
    var body = context.Request.Url!.AbsolutePath switch
    {
        "/environment" => string.Join('\n', Environment.GetEnvironmentVariables().Keys.Cast<string>()),
        "/process" => Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
        "/arguments" => string.Join('\n', args),
        _ => "{}",
    };
    context.Response.ContentType = "application/json";
    await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
    context.Response.Close();
}
