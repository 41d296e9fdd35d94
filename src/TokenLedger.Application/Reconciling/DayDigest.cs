using System.Security.Cryptography;
using System.Text;
using TokenLedger.Application.Days;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;

namespace TokenLedger.Application.Reconciling;

/// <summary>Hashes what people see of a day, so that two revisions can be told apart by what changed.</summary>
internal static class DayDigest
{
    /// <summary>
    /// The hash of the money billed, by SKU family. A finer view of the same money is the same bill.
    /// </summary>
    public static string OfBill(DayReconciliation day) =>
        OfBill(day.Charges.Where(row => row.Role == ChargeRole.Basis).Select(row => row.Charge));

    /// <summary>The same of the charges that count.</summary>
    public static string OfBill(IEnumerable<Charge> counted) => OfLines(counted
        .GroupBy(charge => charge.Family)
        .OrderBy(family => family.Key)
        .Select(family => family.Aggregate(
            (Gross: 0L, Net: (long?)0L),
            (sum, charge) => checked((sum.Gross + charge.GrossNanoCredits, sum.Net + charge.NetNanoCredits)),
            sum => FormattableString.Invariant($"{family.Key}|{sum.Gross}|{sum.Net}"))));

    /// <summary>The hash of what the bill was split into.</summary>
    public static string OfResult(
        DayTotals totals, IReadOnlyList<ShareRow> shares, IReadOnlyList<UnallocatedRow> unallocated) => OfLines(shares
        .Select(share => FormattableString.Invariant(
            $"{share.ChargeId}|{share.Run}|{share.SliceKey}|{share.GrossNanoCredits}|{share.NetNanoCredits}"))
        .Concat(unallocated.Select(part => FormattableString.Invariant(
            $"{part.ChargeId}|{part.Reason}|{part.Runs}|{part.GrossNanoCredits}|{part.NetNanoCredits}")))
        .Append(FormattableString.Invariant($"{totals}")));

    /// <summary>The hash of no money at all.</summary>
    public static string OfNothing() => OfLines([]);

    private static string OfLines(IEnumerable<string> lines)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in lines)
            hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
