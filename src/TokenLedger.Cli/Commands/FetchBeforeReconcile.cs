using System.Globalization;
using TokenLedger.Application.Collecting;
using TokenLedger.Application.Reconciling;
using TokenLedger.Cli.Output;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Pricing;
using TokenLedger.Hosting.Composition;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Providers.GitHub;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger reconcile --fetch</c>: the runs and bills of the period, before it is reconciled.</summary>
internal static class FetchBeforeReconcile
{
    /// <summary>Collects, polls and reconciles the days; what was refused is said on standard error.</summary>
    /// <returns>Whether nothing was refused.</returns>
    public static async Task<bool> ExecuteAsync(
        CommandContext context, ReconciliationScope scope, DateOnly from, DateOnly to, PriceBook prices)
    {
        var hasOwnPrices = !string.Equals(prices.Hash, PriceBookReader.Shipped().Hash, StringComparison.Ordinal);
        var time = context.Host.Time;
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (from > today)
            throw CommandFailedException.WrongUsage("--fetch: --from is in the future: correct it.");
        var end = to > today.AddDays(1) ? today.AddDays(1) : to;
        using var sources = new ProviderSources(context.Configuration, new GitHubOptions(), time);
        await using var storage = await context.OpenStorageAsync();
        var services = new LedgerServices(storage, context.Configuration, prices, sources, time);
        if (!sources.Runs.IsConfigured && !services.PollBilling.IsConfigured)
        {
            throw CommandFailedException.WrongUsage(
                "--fetch has nothing to ask with: set TokenLedger__GitHub__Token and configure a source, or leave it "
                + "out.");
        }

        var isWhole = !sources.Runs.IsConfigured || await CollectAsync(context, services, scope, from, end);
        isWhole &= !services.PollBilling.IsConfigured || await PollAsync(context, services, from, end);
        // What is queued for a service is done here, so that stored days and what is printed are the same.
        // With other prices than the shipped ones it is a question, and what is recorded stays.
        for (var day = from; day < end && !hasOwnPrices; day = day.AddDays(1))
            await services.ReconcileDay.ExecuteAsync(day, context.Cancellation);
        return isWhole;
    }

    private static async Task<bool> CollectAsync(
        CommandContext context, LedgerServices services, ReconciliationScope scope, DateOnly from, DateOnly end)
    {
        var isWhole = true;
        var now = context.Host.Time.GetUtcNow();
        // A run that was made the day before may have used something on the first day.
        var (start, until) = (StartOf(from.AddDays(-1)), StartOf(end) < now ? StartOf(end) : now);
        var organizations = OrganizationsOf(context, scope).ToList();
        if (organizations.Count == 0)
        {
            context.Host.Error.Write(
                "tokenledger: no organisation of the enterprise is configured, so no runs were collected: name them as "
                + "Pays:Organizations of its source.\n");
            return false;
        }

        foreach (var organization in organizations)
        {
            var (repositories, refusal) = await ProgressDisplay.RunAsync(
                context,
                progress => services.CollectPeriod.ExecuteAsync(
                    new CollectRequest(organization, null, start, until),
                    progress is null ? null : new CollectBar(progress), context.Cancellation));
            var notes = repositories is null
                ? [$"{organization}: {refusal!.Message}"]
                : repositories.Where(repository => repository.Refusal is not null || repository.Refused > 0)
                    .Select(repository => $"{repository.Repository}: {repository.Note ?? "artifacts were refused"}")
                    .ToList();
            notes.ForEach(note => context.Host.Error.Write($"tokenledger: runs of {SafeText(note)}\n"));
            isWhole &= notes.Count == 0;
        }

        return isWhole;
    }

    private static async Task<bool> PollAsync(
        CommandContext context, LedgerServices services, DateOnly from, DateOnly end)
    {
        var outcome = await PollCommand.PollAsync(context, services, (from, end));
        // One line for a view, however many of its days were refused.
        var refused = outcome.Days
            .Where(day => day.Refusal is not null)
            .DistinctBy(day => (day.Account, day.View, day.Filter, day.Refusal!.Code))
            .ToList();
        foreach (var day in refused)
        {
            var view = BillViewName.Of(day.View);
            context.Host.Error.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"tokenledger: {view} of {day.Day:yyyy-MM-dd}: {SafeText(day.Refusal!.Message)}\n"));
        }

        var reports = (await PollCommand.ExportAsync(context, services, (from, end))).Where(PollCommand.IsRefused)
            .ToList();
        foreach (var report in reports)
        {
            context.Host.Error.Write(
                $"tokenledger: {BillViewName.Of(report.View)}: {SafeText(report.Refusal!.Message)}\n");
        }

        return refused.Count + reports.Count == 0;
    }

    private static IEnumerable<string> OrganizationsOf(CommandContext context, ReconciliationScope scope) =>
        scope.Kind == ScopeKind.Organization
            ? [scope.Name]
            : context.Configuration.Sources
                .Where(source => string.Equals(source.Enterprise, scope.Name, StringComparison.OrdinalIgnoreCase))
                .SelectMany(source => source.Organization is { } own
                    ? source.PaysOrganizations.Append(own)
                    : source.PaysOrganizations)
                .Distinct(StringComparer.OrdinalIgnoreCase);

    private static string SafeText(string text) => Application.Reports.SafeText.ForTerminal(text);

    private static DateTimeOffset StartOf(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
