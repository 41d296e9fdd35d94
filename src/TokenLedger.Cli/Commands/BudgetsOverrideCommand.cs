using System.CommandLine;
using System.Globalization;
using TokenLedger.Application.Budgets;
using TokenLedger.Application.Reports;
using TokenLedger.Domain.Budgets;
using TokenLedger.Domain.Credits;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger budgets override</c>.</summary>
internal static class BudgetsOverrideCommand
{
    public const string Example =
        "tokenledger budgets override triage --amount-usd 50 --reason \"release week\" --author mona "
        + "--until 2026-10-01 --config tokenledger.json\n"
        + "tokenledger budgets override --remove 1f0e6d3c7a21";

    // As much as a budget itself may be.
    private const decimal AmountUsdMax = 10_000_000m;
    private const decimal AmountAiCreditsMax = 1_000_000_000m;

    private static readonly Argument<string?> Name = new("NAME")
    {
        Description = "The budget.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<decimal?> AmountUsd =
        Amount("--amount-usd", AmountUsdMax, "By how many US dollars its limit is raised.");
    private static readonly Option<decimal?> AmountAiCredits =
        Amount("--amount-ai-credits", AmountAiCreditsMax, "By how many AI credits its limit is raised.");
    private static readonly Option<string?> Reason = CommonOptions.Text("--reason", "TEXT", "Why.");
    private static readonly Option<string?> Author =
        CommonOptions.Text("--author", "LOGIN", "Who decided it.");
    private static readonly Option<DateOnly?> From =
        CommonOptions.Day("--from", "The first UTC day on which it is in force (default: today).");
    private static readonly Option<DateOnly?> Until =
        CommonOptions.Day("--until", "The UTC day on which it is in force no more.");
    private static readonly Option<string?> Remove =
        CommonOptions.Text("--remove", "ID", "Take this override back.");

    public static Command Create(CliHost host) =>
        new Command("override", "Raise the limit of a budget for a while.")
        {
            Name, AmountUsd, AmountAiCredits, Reason, Author, From, Until, Remove,
        }.Bind(host, ExecuteAsync);

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var parse = context.Parse;
        var id = parse.GetValue(Remove);
        if (id is not null && new Option[] { AmountUsd, AmountAiCredits, Reason, Author, From, Until }
            .Any(option => parse.GetResult(option) is not null))
            throw CommandFailedException.WrongUsage("--remove takes nothing but an id.");
        var raise = id is null ? Raise(context) : null;
        await using var ledger = await context.OpenExistingLedgerAsync();
        var overrides = new BudgetOverrides(ledger.Records);
        var done = raise is null
            ? await RemoveAsync(context, overrides, id!)
            : await overrides.AddAsync(raise, context.Cancellation)
                ?? throw CommandFailedException.WrongUsage(FormattableString.Invariant(
                    $"{raise.BudgetName} has {BudgetOverrides.PerBudgetMax} overrides: remove old ones first."));
        var table = BudgetStatusTables.Overrides([done]);
        context.Results.Tables("tokenledger/budget-overrides/v1", table, [table]);
        context.Results.Say(raise is null ? "removed; the budget follows when it is evaluated next"
            : "written; the budget follows when it is evaluated next");
        return ExitCode.Done;
    }

    private static async Task<BudgetOverride> RemoveAsync(
        CommandContext context, BudgetOverrides overrides, string id) =>
        await overrides.RemoveAsync(id, context.Cancellation)
        ?? throw CommandFailedException.WrongUsage(
            $"no override has the id '{id}': see 'tokenledger budgets overrides'.");

    private static BudgetOverride Raise(CommandContext context)
    {
        var parse = context.Parse;
        var budget = BudgetsCommand.Find(context.Configuration, parse.GetValue(Name)
            ?? throw CommandFailedException.WrongUsage("name the budget whose limit is raised, or --remove ID."));
        var nanoCredits = (parse.GetValue(AmountUsd), parse.GetValue(AmountAiCredits)) switch
        {
            ({ } usd, null) => AiCredits.TruncateToNanoCredits(AiCredits.FromUsd(usd)),
            (null, { } credits) => AiCredits.TruncateToNanoCredits(credits),
            _ => throw CommandFailedException.WrongUsage("give one of --amount-usd and --amount-ai-credits."),
        };
        var reason = TextOf(parse.GetValue(Reason), "--reason", BudgetOverrides.ReasonLengthMax);
        var author = TextOf(parse.GetValue(Author), "--author", BudgetOverrides.AuthorLengthMax);
        var now = context.Host.Time.GetUtcNow();
        var from = parse.GetValue(From) ?? DateOnly.FromDateTime(now.UtcDateTime);
        var until = parse.GetValue(Until)
            ?? throw CommandFailedException.WrongUsage("--until is missing: an override ends on some day.");
        if (until <= from || until.DayNumber - from.DayNumber > BudgetPeriods.DaysMax)
            throw CommandFailedException.WrongUsage(FormattableString.Invariant(
                $"--until is exclusive: it must be after --from, and {BudgetPeriods.DaysMax} days after it at most."));
        return new BudgetOverride
        {
            Id = BudgetOverrides.IdOf(budget.Name, nanoCredits, reason, author, from, until),
            BudgetName = budget.Name,
            NanoCredits = nanoCredits,
            Reason = reason,
            Author = author,
            From = from,
            To = until,
            CreatedAt = now,
        };
    }

    private static string TextOf(string? text, string option, int lengthMax)
    {
        var trimmed = text?.Trim() ?? "";
        return trimmed.Length > 0 && trimmed.Length <= lengthMax && !trimmed.Any(char.IsControl)
            ? trimmed
            : throw CommandFailedException.WrongUsage(FormattableString.Invariant(
                $"{option} is needed: one line of 1 to {lengthMax} characters."));
    }

    private static Option<decimal?> Amount(string name, decimal maximum, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number <= maximum && AiCredits.TruncateToNanoCredits(number) > 0)
                return number;
            result.AddError(FormattableString.Invariant(
                $"{name}: '{text}' is no number above 0 and at most {maximum}."));
            return null;
        },
    };
}
