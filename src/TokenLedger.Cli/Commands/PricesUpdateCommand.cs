using System.CommandLine;
using System.Globalization;
using TokenLedger.Application.Reports;
using TokenLedger.Domain.PriceUpdates;
using TokenLedger.Domain.Pricing;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Ingestion.Prices.Lists;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger prices update</c>.</summary>
internal static class PricesUpdateCommand
{
    public const string Example =
        "tokenledger prices update --from api.json --effective 2026-10-01 --model claude-sonnet-5 --prices own.json\n"
        + "tokenledger prices update --from api.json --effective 2026-10-01 --prices own.json --yes";

    private static readonly Option<string?> From = CommonOptions.Text(
        "--from", "FILE", "LiteLLM's model_prices_and_context_window.json, or the api.json of models.dev.");
    private static readonly Option<DateOnly?> Effective =
        CommonOptions.Day("--effective", "The first UTC day on which the listed prices hold; no list says it.");
    private static readonly Option<string[]> Models = new("--model")
    {
        Description = "Only this model, also one that the book lacks. May be repeated.",
        HelpName = "NAME",
    };
    private static readonly Option<string?> Prices = CommonOptions.Text(
        "--prices", "FILE", "Your price file: it wins over the shipped prices, and --yes writes to it.");
    private static readonly Option<bool> Yes = new("--yes")
    {
        Description = "Write the changes to --prices; without it or --output they are only shown.",
    };

    public static Command Create(CliHost host) =>
        new Command("update", "Show what a list of prices changes from a day on, and write it to your price file.")
        {
            From, Effective, Models, Prices, Yes,
        }.Bind(host, Execute);

    private static Task<int> Execute(CommandContext context)
    {
        var parse = context.Parse;
        var (own, output) = (parse.GetValue(Prices), context.Results.OutputPath);
        var target = output ?? (parse.GetValue(Yes) ? own : null);
        if (parse.GetValue(Yes) && target is null)
            throw CommandFailedException.WrongUsage("--yes writes a price file: name it with --prices FILE.");
        if (parse.GetValue(From) is not { } from)
            throw CommandFailedException.WrongUsage("name the list of prices: --from FILE.");
        if (parse.GetValue(Effective) is not { } effective)
        {
            throw CommandFailedException.WrongUsage(
                "since when do the listed prices hold? No list says it: --effective YYYY-MM-DD.");
        }

        if (IsSame(from, output) || (IsSame(from, own) && parse.GetValue(Yes)))
        {
            throw CommandFailedException.WrongUsage(
                "the new prices would take the place of the list: name another file.");
        }

        if (parse.GetValue(Yes) && own is not null && output is not null && !IsSame(own, output))
        {
            throw CommandFailedException.WrongUsage(
                "--yes writes to --prices, --output elsewhere: leave one of them out.");
        }

        // A device holds no prices to be lost.
        using var turn = target is null || (File.Exists(target) && !RegularFile.Is(target))
            ? null : PriceFileTurn.Take(target);
        // Without --prices, what the file to be written holds already is kept: a second run goes on from the first.
        var overlay = ReadOwn(own) ?? (output is null ? null : ReadOwn(output));
        var shipped = PriceBookReader.Shipped();
        var book = overlay is null ? shipped : shipped.OverriddenBy(overlay);
        var list = ReadList(from);
        var plan = PriceUpdate.Plan(book, list.Models, new PriceUpdateRequest(
            effective,
            DateOnly.FromDateTime(context.Host.Time.GetUtcNow().UtcDateTime),
            $"{NameOf(list.Form)} ({Path.GetFileName(from)})",
            parse.GetValue(Models) ?? []));
        context.Host.Out.Write(context.Results.Render(
            "tokenledger/price-update/v1", () => PriceUpdateTables.All(plan, effective),
            () => PriceUpdateTables.Of(plan, effective)));
        if (plan.Changes.Count == 0 && output is null)
            context.Results.Say("nothing changes, and nothing was written");
        else if (target is null)
            context.Results.Say("nothing was written: name your price file with --prices FILE, and add --yes");
        else
            context.Results.WriteFile(target, Content(overlay, plan));
        return Task.FromResult(plan.Refusals.Count > 0 ? ExitCode.SomeInputRejected : ExitCode.Done);
    }

    private static bool IsSame(string path, string? other) =>
        other is not null && string.Equals(Path.GetFullPath(path), Path.GetFullPath(other), StringComparison.Ordinal);

    private static PriceList ReadList(string path)
    {
        using var stream = InputPaths.OpenRead(path);
        return PriceListReader.Read(stream, path, out var problem)
            ?? throw CommandFailedException.WrongUsage(
                $"{problem!.Code} {path}{(problem.Line is { } line
                    ? ":" + line.ToString(CultureInfo.InvariantCulture) : "")}: {problem.Message}");
    }

    private static PriceBook? ReadOwn(string? path)
    {
        if (path is null || !File.Exists(path))
            return null;
        using var stream = InputPaths.OpenRead(path);
        return PriceBookReader.Read(stream, path, out var problems) ?? throw CommandFailedException.WrongUsage(
            $"{problems[0].Code} {path} is no sound price file, and is left as it is: {problems[0].Message}");
    }

    // Rows of a model in one's own file take the place of all shipped ones, so a changed model's whole history goes in.
    private static byte[] Content(PriceBook? overlay, PriceUpdatePlan plan)
    {
        var changed = plan.Rows.Select(row => (row.Channel, row.Model)).ToHashSet();
        var rows = (overlay?.Rows ?? [])
            .Where(row => !changed.Contains((row.Channel, row.Model)))
            .Concat(plan.Rows)
            .OrderBy(row => row.Channel)
            .ThenBy(row => row.Model, StringComparer.Ordinal)
            .ThenBy(row => row.PromptLengthThresholdTokens)
            .ThenBy(row => row.ValidFrom ?? DateOnly.MinValue);
        var content = PriceFileWriter.Write(
            overlay?.Names ?? new ModelNames([]), overlay?.AutoDiscounts ?? [], rows);
        using var written = new MemoryStream(content);
        return PriceBookReader.Read(written, "the new price file", out var problems) is not null
            ? content
            : throw new InvalidOperationException("The new price file would not be sound: " + problems[0].Message);
    }

    private static string NameOf(PriceListForm form) => form == PriceListForm.LiteLlm
        ? "LiteLLM model_prices_and_context_window.json" : "models.dev api.json";
}
