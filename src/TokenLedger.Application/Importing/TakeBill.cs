using TokenLedger.Application.Archiving;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Pricing;
using TokenLedger.Ingestion.Billing;

namespace TokenLedger.Application.Importing;

/// <summary>Takes one raw bill, a file or a provider's answer: keep it, read it, store each day as one look.</summary>
public sealed class TakeBill(ILedgerStore store, ILogArchive archive, ModelNames names)
{
    /// <summary>Takes the bill; what is in no known form is neither kept nor stored.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="hints">What is known of the bill beside it.</param>
    /// <param name="observedAt">When the bill was read from the provider, UTC.</param>
    /// <param name="cancellation">Ends between days.</param>
    public Task<TakenBill> ExecuteAsync(
        string name,
        ReadOnlyMemory<byte> content,
        BillHints hints,
        DateTimeOffset observedAt,
        CancellationToken cancellation) =>
        TakeAsync(name, content, hints, observedAt, isFromArchive: false, cancellation);

    /// <summary>
    /// Takes a bill of the archive as it was taken at first: another file that told the same is a look of its own.
    /// </summary>
    public Task<TakenBill> ExecuteAgainAsync(
        string name, ReadOnlyMemory<byte> content, BillTaking taking, CancellationToken cancellation) =>
        TakeAsync(name, content, taking.Hints, taking.ObservedAt, isFromArchive: true, cancellation);

    private async Task<TakenBill> TakeAsync(
        string name, ReadOnlyMemory<byte> content, BillHints hints, DateTimeOffset observedAt, bool isFromArchive,
        CancellationToken cancellation)
    {
        var bill = BillReader.Read(content, name, hints, names);
        if (bill.Format is null)
            return new TakenBill(bill, DaysStored: 0);
        // Hints that did not tell whose bill it is are none to take it by again.
        var taking = bill.Days.Count > 0 ? new BillTaking(hints, observedAt) : null;
        var raw = await archive.AddBillAsync(name, content, taking, cancellation);
        await store.StoreBillProblemsAsync(raw.RawFile, bill.Problems, cancellation);
        var stored = 0;
        foreach (var day in bill.Days)
        {
            // A known file tells only what an import that was ended early left out.
            if (!raw.IsNew && await IsToldAsync(day, isFromArchive ? raw.RawFile : null, cancellation))
                continue;
            if (await store.StoreObservationAsync(ToObservation(day, observedAt, raw.RawFile), cancellation))
                stored++;
        }

        return new TakenBill(bill, stored);
    }

    private ValueTask<bool> IsToldAsync(DayBill day, string? onlyBy, CancellationToken cancellation)
    {
        DateOnly? end = day.Day == DateOnly.MaxValue ? null : day.Day.AddDays(1);
        return store.ReadObservationsAsync(day.Account, day.Day, end, cancellation).AnyAsync(
            look => look.View == day.View
                && (onlyBy is null || string.Equals(look.RawFile, onlyBy, StringComparison.Ordinal))
                && string.Equals(look.Filter, day.Filter, StringComparison.Ordinal)
                && string.Equals(look.ContentHash, day.ContentHash, StringComparison.Ordinal),
            cancellation);
    }

    private static Observation ToObservation(DayBill day, DateTimeOffset observedAt, string rawFile) => new(
        day.Account,
        day.View,
        day.Day,
        day.Filter,
        observedAt,
        day.ContentHash,
        day.Charges.Aggregate(0L, (sum, charge) => checked(sum + charge.GrossNanoCredits)),
        rawFile,
        day.Charges)
    {
        IsIncomplete = day.IsIncomplete,
    };
}
