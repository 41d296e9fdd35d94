using System.CommandLine;
using TokenLedger.Application.Diagnosis;
using TokenLedger.Hosting.Composition;
using TokenLedger.Hosting.Configuration;
using TokenLedger.Providers.GitHub;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger doctor</c>.</summary>
internal static class DoctorCommand
{
    public const string Example = "tokenledger doctor --config tokenledger.json\ntokenledger doctor --format json";

    private static readonly Option<string?> Prices = PricesOption.Create();

    // A person waits: a host that is not there is told after one of these.
    private static readonly GitHubOptions Brief = new()
    {
        TimeOut = TimeSpan.FromSeconds(10),
        RequestsAtOnceMax = 2,
    };

    public static Command Create(CliHost host)
    {
        var command = new Command(
            "doctor",
            "Look at configuration, storage, GitHub App, tokens, bills, coverage and health, and say how to mend what "
            + "is wrong. Exit code 0 without a problem (warnings are none), 1 with one.")
        {
            Prices,
        };
        // A configuration that no other command starts with is what it is asked about.
        command.SetAction((parse, cancellation) =>
        {
            var reading = ConfigurationReader.Inspect(
                parse.GetValue(CommonOptions.Config), host.Environment.Variables);
            var context = new CommandContext(parse, host, reading.Configuration, cancellation);
            return ExecuteAsync(context, reading.Problems);
        });
        return command;
    }

    private static async Task<int> ExecuteAsync(CommandContext context, IReadOnlyList<string> problems)
    {
        var time = context.Host.Time;
        var configuration = context.Configuration;
        var prices = context.ReadPrices(Prices);
        var (facts, storage) = context.IsOnAzure
            ? await StorageLook.OnAzureAsync(configuration, time, context.Cancellation)
            : StorageLook.AtFile(context.LedgerPath, time);
        using var sources = new ProviderSources(configuration, Brief, time);
        IReadOnlyList<CheckResult> results;
        try
        {
            results = await new Diagnose(
            [
                new ConfigurationCheck(configuration, problems),
                new StorageCheck(facts, storage, time),
                new GitHubAppCheck(sources.Probe, configuration),
                new TokenCheck(sources.Probe, configuration, time),
                new BillingCheck(sources.Probe, sources.Bills, configuration, time),
                new FreshnessCheck(configuration, storage, time),
                new CoverageCheck(configuration, storage, prices, time),
                new BucketCheck(configuration, storage, prices, time),
                new HealthCheck(storage, time),
            ]).ExecuteAsync(context.Cancellation);
        }
        finally
        {
            if (storage is not null)
                await storage.DisposeAsync();
        }

        context.Results.Tables(
            DiagnosisTables.Schema, DiagnosisTables.Flat(results), DiagnosisTables.Grouped(results));
        return results.Any(result => result.State == CheckState.Problem) ? ExitCode.Failed : ExitCode.Done;
    }
}
