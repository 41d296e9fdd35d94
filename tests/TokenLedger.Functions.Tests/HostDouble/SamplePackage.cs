using System.Runtime.InteropServices;
using TokenLedger.Testing.Azurite;
using TokenLedger.Testing.FunctionsHost;
using TokenLedger.Testing.FunctionsHost.Handlers;

namespace TokenLedger.Functions.Tests.HostDouble;

/// <summary>A package folder of its own, gone afterwards.</summary>
internal sealed class SamplePackage : IDisposable
{
    public const string Executable = "TokenLedger.Functions.SampleHandler";

    // Nothing listens there; the front door, timers and exits need no storage.
    public const string NoStorage =
        $"AccountName={AzuriteEmulator.AccountName};AccountKey={AzuriteEmulator.AccountKey};"
        + "BlobEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:1/a";

    public SamplePackage(string queues = "", string handler = "\"enableProxyingHttpRequest\": true")
    {
        Folder = Directory.CreateTempSubdirectory("tokenledger-package-").FullName;
        Write("host.json", $$"""
            {
              "version": "2.0",
              "extensions": { "http": { "routePrefix": "" }, "queues": { {{queues}} } },
              "customHandler": { "description": { "defaultExecutablePath": "{{Executable}}" }, {{handler}} }
            }
            """);
    }

    /// <summary>Where a handler that is not self-contained finds its runtime, which lies in ROOT/shared/NAME/VERSION.</summary>
    public static IReadOnlyDictionary<string, string> Variables { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")),
        };

    public string Folder { get; }

    public SamplePackage WithHttp(string name, string route, string level = "anonymous", string methods = "\"post\"") =>
        With(name, $$"""
            {"bindings":[{"type":"httpTrigger","direction":"in","name":"req","authLevel":"{{level}}","methods":[{{methods}}],"route":"{{route}}"},
            {"type":"http","direction":"out","name":"res"}]}
            """);

    public SamplePackage WithQueue(string name, string queue) => With(name, $$"""
        {"bindings":[{"type":"queueTrigger","direction":"in","name":"message","queueName":"{{queue}}","connection":"AzureWebJobsStorage"}]}
        """);

    public SamplePackage WithTimer(string name, string isMonitored = "true") => With(name, $$"""
        {"bindings":[{"type":"timerTrigger","direction":"in","name":"tick","schedule":"0 7 * * * *","useMonitor":{{isMonitored}}}]}
        """);

    public SamplePackage With(string name, string functionJson)
    {
        Write(Path.Combine(name, "function.json"), functionJson);
        return this;
    }

    /// <summary>With the sample handler's files.</summary>
    public SamplePackage WithExecutable()
    {
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory, Executable + "*"))
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        return this;
    }

    public Task<FunctionsHostDouble> StartAsync(IHandlerRunner runner, string? storage = null, TimeProvider? time = null) =>
        FunctionsHostDouble.StartAsync(
            new()
            {
                Package = Folder,
                Storage = storage ?? NoStorage,
                Runner = runner,
                RetryAfter = TimeSpan.Zero,
                Time = time ?? TimeProvider.System,
            },
            TestContext.Current.CancellationToken);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void Write(string path, string text)
    {
        var full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
