using System.CommandLine;
using TokenLedger.Application.Alerts;
using TokenLedger.Application.Reports;
using TokenLedger.Hosting.Alerting;
using TokenLedger.Hosting.Composition;
using TokenLedger.Providers.GitHub;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger alerts send</c>.</summary>
internal static class AlertsSendCommand
{
    public const string Example = "tokenledger alerts send --config tokenledger.json";

    private static readonly Option<bool> Failed = new("--failed")
    {
        Description = "Also what was given up, with all its tries anew.",
    };

    public static Command Create(CliHost host) =>
        new Command("send", "Send now what people are still to be told.") { Failed }.Bind(host, ExecuteAsync);

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        using var sources = new ProviderSources(context.Configuration, new GitHubOptions(), context.Host.Time);
        await using var ledger = await context.OpenExistingLedgerAsync();
        if (context.Parse.GetValue(Failed))
            await new ReadOutbox(ledger.Records, context.Host.Time).ReopenAsync(context.Cancellation);
        var channels = AlertChannels.Of(
            context.Configuration.Alerts, sources,
            line => context.Host.Error.Write($"{SafeText.ForTerminal(line)}\n"));
        var outcome = await new SendAlerts(
                ledger.Records, channels, context.Configuration.Alerts, ledger.Alerts, context.Host.Time)
            .ExecuteAsync(context.Cancellation);
        var table = AlertTables.Sending(outcome);
        context.Results.Tables("tokenledger/alerts-sent/v1", table, [table]);
        return outcome.Refused + outcome.Failed > 0 ? ExitCode.Failed : ExitCode.Done;
    }
}
