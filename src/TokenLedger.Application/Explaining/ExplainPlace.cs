using TokenLedger.Application.Configuration;
using TokenLedger.Application.Days;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Explaining;

/// <summary>Reads what is stored of a repository or a workflow in a period.</summary>
internal sealed class ExplainPlace(
    ILedgerStore store, IDayLedger days, PriceBook prices, LedgerConfiguration configuration)
{
    /// <summary>The tree; null when the ledger has nothing of the place in the period.</summary>
    public async Task<ExplanationNode?> ExecuteAsync(ExplanationRequest request, CancellationToken cancellation)
    {
        var (runs, elsewhere) = await RunsAsync(request, cancellation);
        // An enterprise whose organisations only its bill tells is found by its shares.
        var members = new ScopeMembers(ReconciliationScope.WholeLedger, configuration, []);
        var known = runs.Select(run => run.Facts.Key).ToHashSet();
        var heads = await days.ReadAsync(null, request.From, request.To, cancellation)
            .ToLookupAsync(head => head.Settlement.Day, cancellationToken: cancellation);
        var found = new SortedDictionary<DateOnly, List<(DayHead Head, ShareRow Share)>>();
        foreach (var head in heads.SelectMany(day => day).Where(head => head.Totals.BilledGrossNanoCredits is not null))
        {
            await foreach (var share in days.ReadSharesAsync(head, cancellation))
            {
                if (!known.Contains(share.Run) && (elsewhere.Contains(share.Run) || !IsOf(share, request)))
                    continue;
                if (!found.TryGetValue(head.Settlement.Day, out var ofDay))
                    found[head.Settlement.Day] = ofDay = [];
                ofDay.Add((head, share));
            }
        }

        if (runs.Count == 0 && found.Count == 0)
            return null;
        var slices = runs.SelectMany(run => run.Slices).ToLookup(slice => slice.Day);
        var silent = runs
            .Where(run => !run.HasTelemetry)
            .ToLookup(run => UnseenUsage.StartDayOf(run.Facts)!.Value, run => run.Facts);
        var told = slices.Select(group => group.Key)
            .Union(found.Keys)
            .Union(silent.Select(group => group.Key))
            .Order()
            .Select(day =>
            {
                var shares = found.GetValueOrDefault(day) ?? [];
                var paying = heads[day]
                    .Where(head => shares.Exists(row => ReferenceEquals(row.Head, head))
                        || slices[day].Any(slice => members.RankOf(head.Settlement.Account, slice.Run) > 0))
                    .ToList();
                return new PlaceDay(
                    day, [.. slices[day]], [.. shares.Select(row => row.Share)], paying, paying.Count > 0)
                {
                    WithoutTelemetry = [.. silent[day]],
                };
            })
            .ToList();
        var subject = request.Subject;
        return PlaceExplanation.Of(
            subject.Kind == ExplanationSubjectKind.Workflow ? ExplanationKind.Workflow : ExplanationKind.Repository,
            subject.Name, request.From, request.To, told);
    }

    // The runs of the place, and those of its repository that are another workflow's.
    private async Task<(List<PeriodRun> Runs, HashSet<RunKey> Elsewhere)> RunsAsync(
        ExplanationRequest request, CancellationToken cancellation)
    {
        var runs = new List<PeriodRun>();
        var elsewhere = new HashSet<RunKey>();
        await foreach (var stored in store.ReadRunsAsync(request.From, request.To, cancellation))
        {
            var facts = stored.Facts;
            if (!IsOfRepository(facts.Key.Host, facts.Repository, request))
                continue;
            if (!IsOfWorkflow(facts.WorkflowPath, request))
                elsewhere.Add(facts.Key);
            else if (PeriodRun.Of(stored, prices, configuration, request.From, request.To) is { } run)
                runs.Add(run);
        }

        return (runs, elsewhere);
    }

    private static bool IsOf(ShareRow share, ExplanationRequest request) =>
        IsOfRepository(share.Run.Host, share.Repository, request) && IsOfWorkflow(share.WorkflowPath, request);

    private static bool IsOfRepository(string host, string repository, ExplanationRequest request) =>
        string.Equals(host, request.Host, StringComparison.Ordinal)
        && string.Equals(repository, request.Subject.Repository, StringComparison.OrdinalIgnoreCase);

    private static bool IsOfWorkflow(string? path, ExplanationRequest request) =>
        request.Subject.WorkflowPath is not { } asked || string.Equals(path, asked, StringComparison.Ordinal);
}
