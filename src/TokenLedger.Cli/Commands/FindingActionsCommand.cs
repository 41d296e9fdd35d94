using System.CommandLine;
using TokenLedger.Application.Findings;
using TokenLedger.Application.Reports;
using TokenLedger.Hosting.Composition;
using TokenLedger.Providers.GitHub;

namespace TokenLedger.Cli.Commands;

/// <summary>
/// <c>tokenledger findings act</c>, <c>tokenledger findings actions</c> and <c>tokenledger findings undo</c>.
/// </summary>
internal static class FindingActionsCommand
{
    public const string ActExample = "tokenledger findings act --dry-run --config tokenledger.json";
    public const string ListExample = "tokenledger findings actions";
    public const string UndoExample = "tokenledger findings undo 77b0e4a913 --by alice --config tokenledger.json";

    private const string Schema = "tokenledger/finding-actions/v1";

    private static readonly Option<bool> DryRun =
        new("--dry-run") { Description = "Only tell what would be done." };

    private static readonly Argument<string> Id = new("ACTION-ID")
    {
        Description = "The action's ID, or the first six or more characters of it.",
    };

    private static readonly Option<string> By = new("--by")
    {
        Description = "Who undoes it.", HelpName = "LOGIN", Required = true,
    };

    public static Command Act(CliHost host) => new Command(
        "act", "Do what the configuration says that today's and yesterday's open findings lead to.") { DryRun }
        .Bind(host, ActAsync);

    public static Command List(CliHost host) =>
        new Command("actions", "List what findings led to.").Bind(host, ListAsync);

    public static Command Undo(CliHost host) =>
        new Command("undo", "Enable a workflow again that a finding disabled.") { Id, By }.Bind(host, UndoAsync);

    private static async Task<int> ActAsync(CommandContext context)
    {
        if (context.Configuration.FindingActions.Count == 0)
        {
            throw CommandFailedException.WrongUsage(
                "no action is configured: name one in TokenLedger:Findings:Actions, or leave it at that.");
        }

        using var sources = new ProviderSources(context.Configuration, new GitHubOptions(), context.Host.Time);
        await using var ledger = await context.OpenExistingLedgerAsync();
        var isDry = context.Parse.GetValue(DryRun);
        var actions = await new TakeFindingActions(
            ledger.Records, sources.Runs, sources.Control, context.Configuration, context.Host.Time)
            .ExecuteAsync(isDry, context.Cancellation);
        var table = FindingReport.Actions(
            FormattableString.Invariant($"{actions.Count} actions{(isDry ? " would be taken" : "")}"), actions);
        context.Results.Tables(Schema, table, [table]);
        return isDry
            || actions.All(action => action.Result is FindingActionResult.Done or FindingActionResult.NotNeeded)
            ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<int> ListAsync(CommandContext context)
    {
        await using var ledger = await context.OpenExistingLedgerAsync();
        var actions = await new ReadFindingActions(ledger.Records).ExecuteAsync(context.Cancellation);
        var table = FindingReport.Actions(FormattableString.Invariant($"{actions.Count} actions"), actions);
        context.Results.Tables(Schema, table, [table]);
        return ExitCode.Done;
    }

    private static async Task<int> UndoAsync(CommandContext context)
    {
        var (id, by) = (context.Parse.GetRequiredValue(Id), context.Parse.GetRequiredValue(By).Trim());
        await using var ledger = await context.OpenExistingLedgerAsync();
        var action = await new ReadFindingActions(ledger.Records).FindAsync(id, context.Cancellation) switch
        {
            [var only] => only,
            [] => throw CommandFailedException.WrongUsage(
                $"no action's ID begins with '{id}': see 'tokenledger findings actions'."),
            _ => throw CommandFailedException.WrongUsage($"several IDs begin with '{id}': give more of it."),
        };
        if (!action.IsReversible)
        {
            throw CommandFailedException.WrongUsage(
                $"{FindingId.Short(action.Id)} disabled no workflow: there is nothing to undo.");
        }

        using var sources = new ProviderSources(context.Configuration, new GitHubOptions(), context.Host.Time);
        var refusal = await new UndoFindingAction(ledger.Records, sources.Control, context.Host.Time)
            .ExecuteAsync(action, by, context.Cancellation);
        if (refusal is not null)
            throw new CommandFailedException(ExitCode.Failed, refusal.Message);
        context.Results.Say($"{FindingId.Short(action.Id)} is undone");
        return ExitCode.Done;
    }
}
