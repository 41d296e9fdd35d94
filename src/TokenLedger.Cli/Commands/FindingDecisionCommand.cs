using System.CommandLine;
using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Findings;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger findings acknowledge</c> and <c>tokenledger findings dismiss</c>.</summary>
internal static class FindingDecisionCommand
{
    public const string AcknowledgeExample =
        "tokenledger findings acknowledge 3f9a1c22d0 --by alice --reason \"prompt is being rewritten\"";

    public const string DismissExample =
        "tokenledger findings dismiss 3f9a1c22d0 --by alice --reason \"the import ran once\"";

    // A reason is a sentence or two; the table's column holds much more.
    private const int TextMax = 1_000;

    private static readonly Argument<string> Id = new("ID")
    {
        Description = "The finding's ID, or the first six or more characters of it.",
    };

    private static readonly Option<string> By = new("--by")
    {
        Description = "Who decides.", HelpName = "LOGIN", Required = true,
    };

    private static readonly Option<string> Reason = new("--reason")
    {
        Description = "Why.", HelpName = "TEXT", Required = true,
    };

    public static Command Acknowledge(CliHost host) => Create(
        host, "acknowledge", "Say that somebody knows of a finding: it is no longer listed as open.",
        FindingStatus.Acknowledged);

    public static Command Dismiss(CliHost host) => Create(
        host, "dismiss", "Say that a finding is none: it is no longer listed as open.", FindingStatus.Dismissed);

    private static Command Create(CliHost host, string name, string description, FindingStatus status) =>
        new Command(name, description) { Id, By, Reason }.Bind(host, context => ExecuteAsync(context, status));

    private static async Task<int> ExecuteAsync(CommandContext context, FindingStatus status)
    {
        var parse = context.Parse;
        var (id, by) = (parse.GetRequiredValue(Id), parse.GetRequiredValue(By).Trim());
        var reason = parse.GetRequiredValue(Reason).Trim();
        if (by.Length is 0 or > TextMax || reason.Length is 0 or > TextMax)
        {
            throw CommandFailedException.WrongUsage(
                FormattableString.Invariant($"--by and --reason: from 1 to {TextMax} characters each."));
        }

        await using var ledger = await context.OpenExistingLedgerAsync();
        var finding = await new ReadFindings(ledger.Records).FindAsync(id, context.Cancellation) switch
        {
            [var only] => only,
            [] => throw CommandFailedException.WrongUsage(
                $"no finding's ID begins with '{id}': see 'tokenledger findings --all'."),
            _ => throw CommandFailedException.WrongUsage($"several IDs begin with '{id}': give more of it."),
        };
        if (!await new DecideFinding(ledger.Records, context.Host.Time)
            .ExecuteAsync(finding, status, by, reason, context.Cancellation))
        {
            throw new CommandFailedException(
                ExitCode.Failed, "others decide about the finding at this moment: try again.");
        }

        context.Results.Say($"{FindingId.Short(finding.Id)} is {WireNames.Of(status)}");
        return ExitCode.Done;
    }
}
