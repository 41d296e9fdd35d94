using System.CommandLine;
using TokenLedger.Application.Alerts;
using TokenLedger.Application.Reports;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger alerts acknowledge</c>.</summary>
internal static class AlertsAcknowledgeCommand
{
    public const string Example = "tokenledger alerts acknowledge 3f0c5a1be2d4 --by octocat";

    private const int LoginLengthMax = 100;

    private static readonly Argument<string> Id = new("ID")
    {
        Description = "The alert's id, as 'tokenledger alerts' and the message show it.",
    };

    private static readonly Option<string?> By = new("--by")
    {
        Description = "Your login.",
        HelpName = "LOGIN",
        Required = true,
    };

    public static Command Create(CliHost host) =>
        new Command("acknowledge", "Note that somebody knows: what was not sent of an alert stays unsent.")
        {
            Id, By,
        }.Bind(host, ExecuteAsync);

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var (id, login) = (context.Parse.GetValue(Id)!, context.Parse.GetValue(By)!.Trim());
        if (login.Length is 0 or > LoginLengthMax)
            throw CommandFailedException.WrongUsage("--by: name a login of 1 to 100 characters.");
        await using var ledger = await context.OpenExistingLedgerAsync();
        var rows = await new AcknowledgeAlert(ledger.Records, context.Host.Time)
            .ExecuteAsync(id, login, context.Cancellation);
        if (rows.Count == 0)
        {
            throw new CommandFailedException(
                ExitCode.Failed, $"no alert of the last three months has the id '{id}': see 'tokenledger alerts'.");
        }

        var table = AlertTables.Told(rows);
        context.Results.Tables("tokenledger/alerts/v1", table, [table]);
        return ExitCode.Done;
    }
}
