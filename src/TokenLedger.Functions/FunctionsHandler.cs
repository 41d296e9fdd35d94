using System.Globalization;
using Microsoft.AspNetCore.Builder;
using TokenLedger.Application.Configuration;
using TokenLedger.Functions.Triggers;
using TokenLedger.Hosting.Composition;
using TokenLedger.Hosting.Configuration;
using TokenLedger.Hosting.Endpoints;
using TokenLedger.Hosting.Serving;
using TokenLedger.Hosting.Telemetry;

namespace TokenLedger.Functions;

/// <summary>The custom handler: binds its socket, answers, and only then opens the storage.</summary>
internal static class FunctionsHandler
{
    /// <summary>Exit code of a configuration that must be corrected.</summary>
    public const int WrongConfiguration = 2;

    /// <summary>Exit code of a fault.</summary>
    public const int Failed = 1;

    /// <summary>What the host takes for an intended restart: 0 would leave the app without a handler.</summary>
    public const int Restart = 200;

    private const string PortVariable = "FUNCTIONS_CUSTOMHANDLER_PORT";
    private const string ServiceName = "tokenledger-functions";

    public static async Task<int> RunAsync(
        IReadOnlyDictionary<string, string> variables, TextWriter stderr, TimeProvider time,
        CancellationToken stopping)
    {
        try
        {
            var configuration = ConfigurationReader.Read(path: null, variables);
            var port = PortOf(variables);
            Require(configuration);
            await ServeAsync(port, configuration, variables, time, stopping);
            return Restart;
        }
        catch (InvalidConfigurationException failure)
        {
            await stderr.WriteLineAsync($"tokenledger-functions: {failure.Message}");
            return WrongConfiguration;
        }
#pragma warning disable CA1031 // The one catch-all of the process.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            await stderr.WriteLineAsync($"tokenledger-functions: {fault.GetType().Name}: {fault.Message}");
            return Failed;
        }
    }

    private static async Task ServeAsync(
        int port, LedgerConfiguration configuration, IReadOnlyDictionary<string, string> variables,
        TimeProvider time, CancellationToken stopping)
    {
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        await using var app = WebHost.Create([url]);
        var warmup = new Warmup(cancellation => LedgerComposition.OpenOnAzureAsync(configuration, time, cancellation));
        LedgerEndpoints.UseProblems(app);
        TriggerEndpoints.Map(app, warmup);
        app.UseRouting();
        // The host in front checks the function key.
        LedgerEndpoints.Map(
            app, warmup, new WebhookEndpoint(configuration.GitHub.WebhookSecrets, warmup), time, requireKey: null);
        await app.StartAsync(stopping);
        using var export = OtlpExport.Start(ServiceName, variables);
        _ = warmup.ServicesAsync();
        await Task.Delay(Timeout.Infinite, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static int PortOf(IReadOnlyDictionary<string, string> variables) =>
        variables.TryGetValue(PortVariable, out var text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and < 65_536
                ? port
                : throw new InvalidConfigurationException(
                    $"{PortVariable} is not set: this program is started by the Functions host.");

    private static void Require(LedgerConfiguration configuration)
    {
        var problems = new List<string>();
        if (configuration.GitHub.WebhookSecrets.Count == 0)
            problems.Add("TokenLedger:GitHub:WebhookSecrets:0 is missing, and without it anybody could report runs");
        if (configuration.Storage != StorageKind.Azure)
            problems.Add("TokenLedger:Storage:Kind must be azure here");
        if (problems.Count > 0)
            throw new InvalidConfigurationException($"configuration: {string.Join("; ", problems)}. Correct it.");
    }
}
