using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Reconciling;

/// <summary>Keeps of the users' parts of <c>ai_credit/usage</c> those taken with the total in force.</summary>
/// <remarks>
/// What no user spent is the total less the users' parts, and a difference of looks of two times is nobody's money: the
/// part of a user who is asked for no longer would be taken from every later total, and a part that was kept just
/// before the process was killed from an earlier one. The time of asking is the same for all answers of one taking and
/// stands in the archive, so a rebuild and any order of the looks tell the same; what is configured now says nothing of
/// then.
/// </remarks>
internal static class UsersOfTotal
{
    /// <summary>The looks without users' parts of another taking; all of them where no total is known.</summary>
    /// <param name="looks">All looks of one account and day, in the order in which the ledger keeps them.</param>
    /// <param name="total">The total in force; null for none.</param>
    public static IReadOnlyList<Observation> Keep(IReadOnlyList<Observation> looks, Observation? total)
    {
        if (total is null)
            return looks;
        // What could not be read of a user would pass for nobody's.
        var isWhole = !looks.Any(look => IsTakenWith(total, look) && look.IsIncomplete);
        return [.. looks.Where(look => !IsOfUser(look) || (isWhole && IsTakenWith(total, look)))];
    }

    private static bool IsTakenWith(Observation total, Observation look) =>
        look.ObservedAt == total.ObservedAt && IsOfUser(look);

    private static bool IsOfUser(Observation look) =>
        look.View == BillView.AiCreditUsage && look.NamesUser;
}
