using TokenLedger.Application.Configuration;
using TokenLedger.Application.Importing;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Ingestion.Billing;

namespace TokenLedger.Application.Polling;

/// <summary>Asks for one day of a view and keeps the answer as a look, or the refusal as a mark.</summary>
internal sealed class PollDay(TakeBill take, PollRefusals refusals, UnqueuedLooks looks, TimeProvider time)
{
    /// <summary>What the provider says; nothing is kept of a refusal.</summary>
    /// <returns>What became of it, and how many requests it took.</returns>
    public async Task<(PolledDay Day, int Questions)> AskAsync(
        PolledView view, DateOnly day, CancellationToken cancellation)
    {
        var answer = await view.Provider.FetchAsync(view.Source, day, cancellation);
        var (isStored, refusal) = answer.Refusal is null
            ? await TakeAsync(view, day, answer.Documents, cancellation)
            : (false, answer.Refusal);
        var polled = new PolledDay(view.Account, view.View, day, isStored, refusal) { Filter = view.Filter };
        return (polled, answer.Questions);
    }

    /// <summary>Remembers a refusal, or that one is over.</summary>
    public Task NoteAsync(PolledView view, PolledDay polled, CancellationToken cancellation) =>
        polled.Refusal is { } refusal
            ? refusals.AddAsync(view.Key, polled.Day, refusal, time.GetUtcNow(), cancellation)
            : refusals.CloseAsync(view.Key, polled.Day, cancellation);

    private async Task<(bool IsStored, ProviderRefusal? Refusal)> TakeAsync(
        PolledView view, DateOnly day, IReadOnlyList<BillDocument> documents, CancellationToken cancellation)
    {
        var hints = HintsOf(view.Source, day);
        await looks.MarkAsync(day, cancellation);
        var stored = 0;
        ProviderRefusal? refusal = documents.Count > 0 ? null : NoBill("the answer is empty");
        foreach (var document in documents)
        {
            var (bill, daysStored) = await take.ExecuteAsync(
                document.Name, document.Content, hints, document.RequestedAt, cancellation);
            stored += daysStored;
            if (!bill.Days.Any(read => read.Account == view.Account && read.Day == day))
                refusal = NoBill(bill.Problems.Count > 0 ? bill.Problems[0].Message : "it is of another day or payer");
        }

        await looks.QueueAsync(day, cancellation);
        return (stored > 0, refusal);
    }

    private static BillHints HintsOf(SourceConfiguration source, DateOnly day)
    {
        var account = source.Account;
        return new BillHints
        {
            Organization = account.Kind == BillingAccountKind.Organization ? account.Name : null,
            Enterprise = account.Kind == BillingAccountKind.Enterprise ? account.Name : null,
            User = account.Kind == BillingAccountKind.User ? account.Name : null,
            CostCenter = account.Kind == BillingAccountKind.Enterprise ? source.CostCenter : null,
            Day = day,
        };
    }

    private static ProviderRefusal NoBill(string reason) => new(
        ProviderRefusal.Malformed,
        $"The provider's answer is no bill of the day asked for ({reason.TrimEnd('.')}).", null);
}
