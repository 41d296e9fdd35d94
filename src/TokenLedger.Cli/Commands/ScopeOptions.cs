using System.CommandLine;
using TokenLedger.Application.Reconciling;

namespace TokenLedger.Cli.Commands;

/// <summary>One scope, as every command that needs one takes it.</summary>
internal sealed class ScopeOptions
{
    private readonly Option<string?> organization =
        CommonOptions.Text("--org", "ORG", "Runs and bills of this organisation.");
    private readonly Option<string?> enterprise =
        CommonOptions.Text("--enterprise", "NAME", "Runs and bills of this enterprise.");
    private readonly Option<string?> costCenter =
        CommonOptions.Text("--cost-center", "NAME", "Only what this cost centre was billed.");

    public void AddTo(Command command)
    {
        command.Add(organization);
        command.Add(enterprise);
        command.Add(costCenter);
    }

    /// <exception cref="CommandFailedException">None is named, or two are.</exception>
    public ReconciliationScope Of(ParseResult parse) =>
        (parse.GetValue(organization), parse.GetValue(enterprise)) switch
        {
            ({ Length: > 0 } name, null) => new(ScopeKind.Organization, name, parse.GetValue(costCenter)),
            (null, { Length: > 0 } name) => new(ScopeKind.Enterprise, name, parse.GetValue(costCenter)),
            _ => throw CommandFailedException.WrongUsage("name one scope: --org ORG or --enterprise NAME."),
        };

    /// <summary>What is said where the scope has neither runs nor a bill.</summary>
    public static CommandFailedException Nothing(ReconciliationScope scope, DateOnly from, DateOnly to) =>
        CommandFailedException.WrongUsage(
            FormattableString.Invariant(
                $"neither runs nor a bill of {scope.Name} from {from:yyyy-MM-dd} to {to:yyyy-MM-dd}: ")
            + "check the name and the days, or fill the ledger with 'ingest' and 'import-billing'.");
}
