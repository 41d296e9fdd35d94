using TokenLedger.Domain.Charges;

namespace TokenLedger.Ingestion.Billing;

/// <summary>Sums the rows of one answer or file into charges and days. The order of the rows changes nothing.</summary>
internal sealed class BillAssembly
{
    private readonly Dictionary<(DateOnly Day, string Key), ChargeSum> sums = [];

    /// <summary>Whether no row was added.</summary>
    public bool IsEmpty => sums.Count == 0;

    /// <summary>The first row of every charge.</summary>
    public IEnumerable<BillRow> Distinct => sums.Values.Select(sum => sum.First);

    /// <summary>Adds a row.</summary>
    public void Add(BillRow row)
    {
        if (sums.TryGetValue((row.Day, row.NaturalKey), out var sum))
            sum.Add(row);
        else
            sums.Add((row.Day, row.NaturalKey), new ChargeSum(row));
    }

    /// <summary>The days in order, each with its charges in order of id.</summary>
    public IReadOnlyList<DayBill> ToDays(BillingAccount account, BillView view, string filter, BillLog log) =>
    [
        .. sums.Values
            .GroupBy(sum => sum.First.Day)
            .OrderBy(day => day.Key)
            .Select(day => ToDay(day.Key, day, account, view, filter, log))
            .Where(day => day.Charges.Count > 0),
    ];

    /// <summary>A day on which the bill has nothing: an observation too.</summary>
    public static DayBill EmptyDay(BillingAccount account, BillView view, DateOnly day, string filter) =>
        new(account, view, day, filter, ChargeIdentity.ContentHashOf([]), []);

    private static DayBill ToDay(
        DateOnly day, IEnumerable<ChargeSum> sums, BillingAccount account, BillView view, string filter, BillLog log)
    {
        using var hash = new CanonicalHash();
        var charges = new List<Charge>();
        foreach (var sum in sums)
        {
            if (sum.ToCharge(hash, account, view, filter) is { } charge)
            {
                charges.Add(charge);
                continue;
            }

            log.Reject(sum.First.Line, day, BillCodes.SumTooLarge,
                "The amount is over 46 million USD, more than one charge can hold: check the file's figures.");
        }

        charges.Sort((left, right) => string.CompareOrdinal(left.Id, right.Id));
        return new DayBill(account, view, day, filter, ChargeIdentity.ContentHashOf(charges), charges);
    }
}
