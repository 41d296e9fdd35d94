using System.Globalization;
using System.Text;
using TokenLedger.Testing.Azurite;

namespace TokenLedger.Benchmarks.Service;

/// <summary>How soon a run that is about to start is told whether it may, while others start too.</summary>
internal static class HeadroomBenchmark
{
    private const int PerSecondDefault = 100;
    private const int SecondsDefault = 20;
    private const int SecondsOfWarmup = 5;
    private const int Connections = 64;
    private const double WantedP99 = 50;

    // A budget keeps 1,000 reservations, and its row grows with them: so each ends with some 500 at 100 a second.
    private const int Budgets = 4;
    private const int ReservationsMax = 1_000;
    private const long FirstRunId = 19_000_000_000;

    public static int Run(string binary, string[] options)
    {
        var perSecond = Options.Number(options, "--rate", PerSecondDefault);
        var seconds = Options.Number(options, "--seconds", SecondsDefault);
        if (perSecond * seconds > Budgets * ReservationsMax || perSecond * SecondsOfWarmup > Budgets * ReservationsMax)
        {
            Console.Error.WriteLine(
                $"--rate times --seconds is over {Budgets * ReservationsMax}: no more room is held.");
            return ServiceBenchmark.CannotRun;
        }

        var at = Array.IndexOf(options, "--azurite");
        var handler = at >= 0 && at + 1 < options.Length
            ? Path.GetFullPath(Path.Combine(options[at + 1], "tokenledger-functions"))
            : null;
        if (at >= 0 && (handler is null || !File.Exists(handler) || !AzuriteInstallation.IsThere))
        {
            Console.Error.WriteLine(
                "--azurite FOLDER: eng/pack-functions makes artifacts/functions. " + AzuriteInstallation.HowToInstall);
            return ServiceBenchmark.CannotRun;
        }

        TwoCores.Bind();
        Say($"{perSecond} questions a second for {seconds} s, each of a new run, each holds room; {Budgets} budgets");
        Say($"timed from when a question is due; the load is one thread on the same two cores as the server");
        Sqlite(Path.GetFullPath(binary), perSecond, seconds);
        if (handler is not null)
            Azurite(handler, perSecond, seconds);
        return 0;
    }

    private static void Sqlite(string binary, int perSecond, int seconds)
    {
        var folder = Directory.CreateTempSubdirectory("tokenledger-headroom-").FullName;
        try
        {
            using var server = ServerProcess.Start(
                "tokenledger serve", binary,
                ["serve", "--urls", "http://127.0.0.1:0", "--ledger", Path.Combine(folder, "ledger.db")],
                folder, Configuration());
            Measure("SQLite", server.Address, perSecond, seconds);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Azurite(string handler, int perSecond, int seconds)
    {
        var azurite = AzuriteEmulator.StartAsync().GetAwaiter().GetResult();
        try
        {
            using var server = FunctionsHandlerProcess.Start(handler, azurite.ConnectionString, Configuration());
            server.RequireHealth();
            Measure("Azurite", server.Address, perSecond, seconds);
        }
        finally
        {
            azurite.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static void Measure(string storage, Uri server, int perSecond, int seconds)
    {
        var load = new PacedLoad(perSecond, Connections);
        // Other budgets than those that are measured, so that these begin empty.
        load.Run(server, SecondsOfWarmup, at => Request(server, "warm", at), Check);
        var latencies = load.Run(server, seconds, at => Request(server, "web", at), Check);
        var p99 = latencies[latencies.Length * 99 / 100];
        Say($"  {storage,-8} p50 {latencies[latencies.Length / 2]:F1} ms  p99 {p99:F1} ms  max {latencies[^1]:F1} ms");
        Say($"    {latencies.Length} answered, each with its room; wanted p99 {WantedP99:F0} ms");
    }

    private static byte[] Request(Uri server, string prefix, int at) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"GET /api/budgets/{prefix}-{at % Budgets}/headroom?estimateUsd=0.01&run=acme/web/{FirstRunId + at}/1"
        + $" HTTP/1.1\r\n"
        + $"Host: {server.Authority}\r\nAccept: */*\r\n\r\n"));

    // An answer without room was cheaper than one with it.
    private static void Check(int status, string answer)
    {
        if (status != 200 || !answer.Contains("\"reservation\": {", StringComparison.Ordinal))
            throw new InvalidOperationException($"No room was held: the timing is void. {answer}");
    }

    private static Dictionary<string, string> Configuration()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TokenLedger__GitHub__WebhookSecrets__0"] = "it is a benchmark, not a secret",
        };
        for (var at = 0; at < 2 * Budgets; at++)
        {
            var section = string.Create(CultureInfo.InvariantCulture, $"TokenLedger__Budgets__{at}__");
            variables[section + "Name"] = string.Create(
                CultureInfo.InvariantCulture, $"{(at < Budgets ? "web" : "warm")}-{at % Budgets}");
            variables[section + "Period"] = "month";
            variables[section + "AmountUsd"] = "1000";
            variables[section + "Enforcement"] = "hard";
        }

        return variables;
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
