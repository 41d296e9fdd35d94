using System.CommandLine;
using TokenLedger.Application.Alerts;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reports;
using TokenLedger.Domain.Alerting;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger alerts</c>.</summary>
internal static class AlertsCommand
{
    public const string Example =
        "tokenledger alerts --all\n"
        + "tokenledger alerts --kind budget-exceeded --format json";

    private static readonly Option<bool> All = new("--all")
    {
        Description = "Also what is closed, acknowledged, or recorded without being told.",
    };

    private static readonly Option<string?> Kind = CommonOptions.Text(
        "--kind", "KIND", "Only this kind, such as budget-exceeded, finding or bill-unreadable.");

    private static readonly Option<AlertShow> Show = new("--show")
    {
        Description = "told or operational: which of the two tables CSV and JSON hold (default: told).",
        HelpName = "WHAT",
        CustomParser = result => CommonOptions.ParseName<AlertShow>(result),
    };

    public static Command Create(CliHost host) =>
        new Command("alerts", "List what somebody must look at and what people were told; send, test, acknowledge.")
        {
            All, Kind, Show,
        }.Bind(host, ExecuteAsync);

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var isAll = context.Parse.GetValue(All);
        await using var ledger = await context.OpenExistingLedgerAsync();
        var told = await new ReadOutbox(ledger.Records, context.Host.Time).ExecuteAsync(context.Cancellation);
        var operational = await ledger.Alerts.ReadAsync(context.Cancellation).ToListAsync(context.Cancellation);
        var kind = context.Parse.GetValue(Kind);
        RefuseUnknown(kind, operational);
        var toldTable = AlertTables.Told([.. told
            .Where(row => isAll || (row.State != OutboxState.Suppressed && row.AcknowledgedAt is null))
            .Where(row => Is(kind, AlertEventKindName.Of(row.Event.Kind)))]);
        var operationalTable = AlertTables.Operational([.. operational
            .Where(alert => isAll || alert.IsOpen)
            .Where(alert => Is(kind, alert.Kind))]);
        context.Results.Tables(
            "tokenledger/alerts/v1",
            context.Parse.GetValue(Show) == AlertShow.Operational ? operationalTable : toldTable,
            [operationalTable, toldTable]);
        return ExitCode.Done;
    }

    private static bool Is(string? wanted, string kind) =>
        wanted is null || string.Equals(wanted, kind, StringComparison.OrdinalIgnoreCase);

    private static void RefuseUnknown(string? kind, List<Alert> operational)
    {
        if (kind is null || AlertEventKindName.Parse(kind) is not null
            || operational.Exists(alert => Is(kind, alert.Kind)))
            return;
        throw CommandFailedException.WrongUsage(
            $"--kind: no alert is of the kind '{kind}'. Kinds are "
            + string.Join(", ", Enum.GetValues<AlertEventKind>().Select(AlertEventKindName.Of))
            + " and those in the first table.");
    }
}
