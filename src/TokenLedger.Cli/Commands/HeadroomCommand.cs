using System.CommandLine;
using System.Globalization;
using TokenLedger.Application.Budgets;
using TokenLedger.Application.Headroom;
using TokenLedger.Application.Reports;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Headroom;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger headroom</c>.</summary>
internal static class HeadroomCommand
{
    public const string Example =
        "tokenledger headroom team-web --estimate-usd 0.40 --run acme/web/19400000101/1\n"
        + "tokenledger headroom team-web --fail-on warn\n"
        + "tokenledger headroom team-web --release 3f1c0a92be77d4e1c0aa91b2";

    private static readonly Argument<string> Budget = new("BUDGET")
    {
        Description = "The budget's name in the configuration.",
    };
    private static readonly Option<string?> Estimate = CommonOptions.Text(
        "--estimate-usd", "USD", "What the run is expected to cost (default: only whether anything is left).");
    private static readonly Option<string?> Run = CommonOptions.Text(
        "--run", "OWNER/NAME/RUNID/ATTEMPT", "The run: asked again, it keeps the room that it has.");
    private static readonly Option<string?> Expires = CommonOptions.Text(
        "--expires-minutes", "N", "For how long room is held, 1 to 1440 (default: 120).");
    private static readonly Option<bool> NoReserve = new("--no-reserve") { Description = "Hold no room." };
    private static readonly Option<string?> Release = CommonOptions.Text(
        "--release", "ID", "Give the room of a reservation back instead.");
    private static readonly Option<string?> FailOn =
        CommonOptions.Text("--fail-on", "warn", "Exit 4 on a warning too; a denial always does.");

    public static Command Create(CliHost host) =>
        new Command("headroom", "Ask whether a run may start, and hold room for it in a budget.")
        {
            Budget, Estimate, Run, Expires, NoReserve, Release, FailOn,
        }.Bind(host, ExecuteAsync);

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var parse = context.Parse;
        var name = parse.GetRequiredValue(Budget);
        var failsOnWarning = parse.GetValue(FailOn) switch
        {
            null => false,
            "warn" => true,
            var other => throw CommandFailedException.WrongUsage($"--fail-on: '{other}' is not warn."),
        };
        var problems = new List<string>();
        var request = HeadroomQuestion.Read(
            parse.GetValue(Estimate), parse.GetValue(Run), context.Configuration.GitHub.Host,
            parse.GetValue(NoReserve) ? "false" : null, parse.GetValue(Expires), problems)
            ?? throw CommandFailedException.WrongUsage(string.Join("; ", problems) + ".");
        if (context.Configuration.Budgets.Count == 0)
        {
            throw CommandFailedException.WrongUsage(
                "no budget is configured: add TokenLedger:Budgets to --config FILE.");
        }


        await using var ledger = await context.OpenExistingLedgerAsync();
        var gate = new HeadroomGate(
            new BudgetStatuses(ledger.Records), ledger.Records, context.Configuration.Budgets, context.Host.Time);
        if (gate.Find(name) is null)
        {
            throw CommandFailedException.WrongUsage(
                $"there is no budget {name}; configured are "
                + $"{string.Join(", ", context.Configuration.Budgets.Select(one => one.Name))}.");
        }

        if (parse.GetValue(Release) is { } id)
        {
            var wasHeld = await gate.ReleaseAsync(name, id, context.Cancellation) == true;
            context.Results.Say(wasHeld ? "the room is given back" : "nothing of that id is held");
            return ExitCode.Done;
        }

        var answer = await gate.AskAsync(name, request, context.Cancellation)
            ?? throw new InvalidOperationException("The budget was there a moment ago.");
        Tell(context, new HeadroomDocument(answer));
        return answer.Verdict == HeadroomVerdict.Deny || (failsOnWarning && answer.Verdict == HeadroomVerdict.Warn)
            ? ExitCode.LimitCrossed : ExitCode.Done;
    }

    private static void Tell(CommandContext context, HeadroomDocument document)
    {
        if (context.Results.Format == OutputFormat.Json)
        {
            context.Results.Text(System.Text.Encoding.UTF8.GetString(document.ToBytes()));
            return;
        }

        var answer = document.Answer;
        var table = new Table(
            "Headroom (US dollars)",
            [
                new("budget", "Budget"), new("decision", "Decision"), new("reason", "Reason"),
                new("limitUsd", "Limit", ColumnKind.Usd, 1), new("spentUsd", "Spent", ColumnKind.Usd, 1),
                new("reservedUsd", "Reserved", ColumnKind.Usd, 1), new("askedUsd", "Asked", ColumnKind.Usd, 1),
                new("remainingUsd", "Remaining", ColumnKind.Usd), new("reservation", "Reservation", Priority: 2),
                new("expiresAt", "Until", Priority: 2),
            ],
            [
                [
                    answer.Budget, answer.Verdict.ToString().ToLowerInvariant(), answer.Reason,
                    Usd(answer.LimitNanoCredits), Usd(answer.SpentNanoCredits), Usd(answer.ReservedNanoCredits),
                    Usd(answer.AskedNanoCredits), Usd(answer.RemainingNanoCredits), answer.Reservation?.Id,
                    answer.Reservation?.ExpiresAt.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture),
                ],
            ],
            Notes: [document.Message]);
        context.Results.Tables(HeadroomDocument.SchemaName, table, [table]);
    }

    private static decimal? Usd(long? nanoCredits) =>
        nanoCredits is { } known ? AiCredits.UsdFromNanoCredits(known) : null;
}
