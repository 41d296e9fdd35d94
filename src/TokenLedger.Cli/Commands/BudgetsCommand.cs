using System.CommandLine;
using TokenLedger.Application.Budgets;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Application.Reports;
using TokenLedger.Domain.Budgets;
using TokenLedger.Hosting.Composition;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Providers.GitHub;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger budgets</c>.</summary>
internal static class BudgetsCommand
{
    public const string Example =
        "tokenledger budgets --config tokenledger.json\n"
        + "tokenledger budgets triage --at 2026-09-30 --fail-on exceeded --fail-on incomplete";

    private static readonly Argument<string?> Name = new("NAME")
    {
        Description = "Only this budget (default: all).",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<DateOnly?> At =
        CommonOptions.Day("--at", "The UTC day whose periods are told (default: today).");
    private static readonly Option<string[]> FailOn = new("--fail-on")
    {
        Description = "warning, exceeded or incomplete: exit 4 when a budget is so. May be repeated.",
        HelpName = "STATE",
    };

    private static readonly Option<bool> Fetch = new("--fetch")
    {
        Description = "Read GitHub's own budgets too, and show them beside.",
    };

    public static Command Create(CliHost host)
    {
        var command = new Command("budgets", "Tell how budgets stand, and what they will have spent in the end.")
        {
            Name, At, FailOn, Fetch,
        };
        return command.Bind(host, ExecuteAsync);
    }

    /// <summary>The configured budget of a name.</summary>
    /// <exception cref="CommandFailedException">None is named so.</exception>
    public static Budget Find(LedgerConfiguration configuration, string name) =>
        configuration.Budgets.FirstOrDefault(
            budget => string.Equals(budget.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw CommandFailedException.WrongUsage(configuration.Budgets.Count == 0
            ? $"no budget is configured, so there is no '{name}': add it below TokenLedger:Budgets."
            : $"no budget is named '{name}': there are "
                + $"{string.Join(", ", configuration.Budgets.Select(budget => budget.Name))}.");

    /// <summary>The use case over a ledger whose days are as recorded as they can be.</summary>
    /// <remarks>
    /// A ledger file may have no service that reconciles what was ingested; of one on Azure the service does.
    /// </remarks>
    public static async Task<EvaluateBudgets> PrepareAsync(
        CommandContext context, ILedgerStorage ledger, Func<EvaluateBudgets, IReadOnlyList<DateOnly>> daysOf)
    {
        var prices = PriceBookReader.Shipped();
        var evaluate = new EvaluateBudgets(
            ledger.Store, ledger.Days, ledger.Records, prices, context.Configuration, context.Host.Time);
        if (context.IsOnAzure)
            return evaluate;
        var reconcile = new ReconcileDay(
            ledger.Store, ledger.Days, prices, context.Configuration, context.Host.Time);
        foreach (var day in daysOf(evaluate))
            await reconcile.ExecuteAsync(day, context.Cancellation);
        return evaluate;
    }

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var parse = context.Parse;
        var named = parse.GetValue(Name) is { } name ? Find(context.Configuration, name) : null;
        var limits = (parse.GetValue(FailOn) ?? []).Select(Parse).ToList();
        var today = DateOnly.FromDateTime(context.Host.Time.GetUtcNow().UtcDateTime);
        var at = parse.GetValue(At);
        if (at > today)
            throw CommandFailedException.WrongUsage("--at is in the future: nothing of it is known yet.");
        await using var ledger = await context.OpenExistingLedgerAsync();
        var evaluate = await PrepareAsync(context, ledger, use => use.DaysFor(at));
        var statuses = (await evaluate.EvaluateAsync(at, [], context.Cancellation))
            .Where(status => named is null
                || string.Equals(status.Budget.Name, named.Name, StringComparison.OrdinalIgnoreCase))
            .ToList();
        var own = await OwnOfProvidersAsync(context, ledger.Records);
        context.Results.Tables(
            "tokenledger/budgets/v1", () => BudgetStatusTables.All(statuses),
            () =>
            [
                .. BudgetStatusTables.ForPeople(statuses),
                .. own.Count == 0 ? Array.Empty<Table>() : [BudgetStatusTables.OfProviders(own)],
            ]);
        return Judge(context, statuses, limits);
    }

    private static async Task<IReadOnlyList<KnownProviderBudget>> OwnOfProvidersAsync(
        CommandContext context, IRecords records)
    {
        using var sources = new ProviderSources(context.Configuration, new GitHubOptions(), context.Host.Time);
        var own = new FetchProviderBudgets(sources.Budgets, records, context.Configuration, context.Host.Time);
        if (context.Parse.GetValue(Fetch))
        {
            var refusals = context.Configuration.Sources.Any(sources.Budgets.Covers)
                ? await own.ExecuteAsync(context.Cancellation)
                : ["--fetch: no source of an organisation or enterprise on GitHub has a token to ask for budgets."];
            foreach (var refusal in refusals)
                context.Host.Error.Write($"tokenledger: {SafeText.ForTerminal(refusal)}\n");
        }

        return await own.ReadAsync(context.Cancellation);
    }

    private static string Parse(string limit) => limit is "warning" or "exceeded" or "incomplete" ? limit
        : throw CommandFailedException.WrongUsage(
            $"--fail-on: '{limit}' is none of warning, exceeded, incomplete.");

    private static int Judge(CommandContext context, List<BudgetStatus> statuses, List<string> limits)
    {
        var crossed = limits.Distinct(StringComparer.Ordinal)
            .Select(limit => (Limit: limit, Budgets: statuses.Where(status => limit switch
            {
                "warning" => status.State != BudgetState.Ok,
                "exceeded" => status.State == BudgetState.Exceeded,
                _ => status.IsIncomplete,
            }).Select(status => status.Budget.Name).ToList()))
            .Where(pair => pair.Budgets.Count > 0)
            .ToList();
        foreach (var (limit, budgets) in crossed)
            context.Host.Error.Write($"tokenledger: --fail-on {limit}: {string.Join(", ", budgets)}.\n");
        return crossed.Count > 0 ? ExitCode.LimitCrossed : ExitCode.Done;
    }
}
