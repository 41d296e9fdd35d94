using TokenLedger.Application.Configuration;
using TokenLedger.Application.Days;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Application.Runs;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Pricing;

namespace TokenLedger.Application.Explaining;

/// <summary>Tells how a figure came about, from what is stored. Nothing is reconciled again.</summary>
public sealed class Explain(ILedgerStore store, IDayLedger days, PriceBook prices, LedgerConfiguration configuration)
{
    /// <summary>The explanation; null when nothing is known of the subject.</summary>
    public async Task<ExplanationDocument?> ExecuteAsync(ExplanationRequest request, CancellationToken cancellation)
    {
        var root = request.Subject.Kind switch
        {
            ExplanationSubjectKind.Run => await RunAsync(request, cancellation),
            ExplanationSubjectKind.Day => await DayAsync(request, cancellation),
            ExplanationSubjectKind.Charge => await ChargeAsync(request, cancellation),
            _ => await new ExplainPlace(store, days, prices, configuration).ExecuteAsync(request, cancellation),
        };
        return root is null
            ? null
            : new ExplanationDocument(request.Subject, prices.Hash, ExplanationBounds.Apply(root));
    }

    private async Task<ExplanationNode?> RunAsync(ExplanationRequest request, CancellationToken cancellation)
    {
        var subject = request.Subject;
        var run = await new ReadRun(store, days, prices, configuration).ReadAsync(
            subject.Host ?? request.Host, subject.Repository, subject.RunId, cancellation);
        if (run is null)
            return null;
        var lines = new Dictionary<(BillingAccount, DateOnly), BillLines>();
        foreach (var (day, account) in run.Shares.Select(row => (row.Day, row.Account)).Distinct())
            lines[(account, day)] = await LinesAsync(account, day, cancellation);
        return new RunExplanation(run, lines, prices).Create();
    }

    private async Task<ExplanationNode?> DayAsync(ExplanationRequest request, CancellationToken cancellation)
    {
        var day = request.Subject.Day!.Value;
        var end = day.AddDays(1);
        var heads = await days.ReadAsync(null, day, end, cancellation).ToListAsync(cancellation);
        var asked = heads.Where(head => IsAsked(head.Settlement.Account, request.Account)).ToList();
        if (asked.Count == 0)
            return heads.Count == 0 && await HasAnythingAsync(day, request.Account, cancellation)
                ? DayExplanation.Of(day, [])
                : null;
        var accounts = new List<AccountDay>();
        foreach (var head in asked)
            accounts.Add(await ReadAsync(head, null, cancellation));
        return DayExplanation.Of(day, accounts);
    }

    private async Task<ExplanationNode?> ChargeAsync(ExplanationRequest request, CancellationToken cancellation)
    {
        var id = request.Subject.Name;
        // What is left of a total when its users' rows are taken away bears the total's id and a suffix.
        var whole = id.Split('-', 2)[0];
        await foreach (var look in store.ReadObservationsAsync(null, request.From, request.To, cancellation))
        {
            if (!look.Charges.Any(charge => IsId(charge, id) || IsId(charge, whole)))
                continue;
            var head = await days.FindAsync(look.Account, look.Day, cancellation);
            var day = head is null ? null : await ReadAsync(head, id, cancellation);
            var lines = day?.Lines ?? await LinesAsync(look.Account, look.Day, cancellation);
            return lines.Find(id) is { } line ? ChargeExplanation.Of(line, lines, day) : null;
        }

        return null;
    }

    private async Task<AccountDay> ReadAsync(DayHead head, string? chargeId, CancellationToken cancellation) => new(
        head,
        await days.ReadSharesAsync(head, cancellation)
            .Where(share => chargeId is null || IsSame(share.ChargeId, chargeId)).ToListAsync(cancellation),
        await days.ReadUnallocatedAsync(head, cancellation)
            .Where(part => chargeId is null || IsSame(part.ChargeId, chargeId)).ToListAsync(cancellation),
        await LinesAsync(head.Settlement.Account, head.Settlement.Day, cancellation));

    private async Task<BillLines> LinesAsync(BillingAccount account, DateOnly day, CancellationToken cancellation) =>
        new(await store.ReadObservationsAsync(account, day, day.AddDays(1), cancellation).ToListAsync(cancellation));

    private async Task<bool> HasAnythingAsync(
        DateOnly day, ReconciliationScope? account, CancellationToken cancellation)
    {
        var end = day.AddDays(1);
        return await store.ReadObservationsAsync(null, day, end, cancellation)
                .AnyAsync(look => IsAsked(look.Account, account), cancellation)
            || await store.ReadRunsAsync(day, end, cancellation)
                .Where(run => run.IsIn(day, end))
                .AnyAsync(run => account is null || IsSame(run.Facts.Owner, account.Name), cancellation);
    }

    private static bool IsAsked(BillingAccount account, ReconciliationScope? asked) => asked is null
        || (account.Kind == (asked.Kind == ScopeKind.Enterprise
                ? BillingAccountKind.Enterprise
                : BillingAccountKind.Organization)
            && string.Equals(account.Name, asked.Name, StringComparison.OrdinalIgnoreCase));

    private static bool IsId(Charge charge, string id) => IsSame(charge.Id, id);

    private static bool IsSame(string left, string right) => string.Equals(left, right, StringComparison.Ordinal);
}
