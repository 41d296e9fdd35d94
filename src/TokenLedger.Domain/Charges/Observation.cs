namespace TokenLedger.Domain.Charges;

/// <summary>
/// One look at one day of one view of a bill. Kept forever: the newest complete one of a view and filter is in force.
/// </summary>
/// <param name="Account">Whose bill.</param>
/// <param name="View">The view looked at.</param>
/// <param name="Day">The UTC day looked at.</param>
/// <param name="Filter">
/// What the answer was filtered by (<c>user=alice</c>), in a fixed order; empty for the whole account.
/// </param>
/// <param name="ObservedAt">When the bill was read, UTC.</param>
/// <param name="ContentHash">The hash of the canonical charges: equal hashes are equal bills.</param>
/// <param name="GrossNanoCredits">The sum of the charges' gross amounts.</param>
/// <param name="RawFile">The archived raw file the charges were read from.</param>
/// <param name="Charges">The charges, ordered by id.</param>
public sealed record Observation(
    BillingAccount Account,
    BillView View,
    DateOnly Day,
    string Filter,
    DateTimeOffset ObservedAt,
    string ContentHash,
    long GrossNanoCredits,
    string RawFile,
    IReadOnlyList<Charge> Charges)
{
    private readonly DateTimeOffset? unchangedSince;

    /// <summary>How a condition of <see cref="Filter"/> on a user's login begins.</summary>
    public const string UserFilter = "user=";

    /// <summary>Whether the answer was asked for one user, be it with other conditions.</summary>
    public bool NamesUser =>
        Filter.Split('&').Any(condition => condition.StartsWith(UserFilter, StringComparison.Ordinal));

    /// <summary>
    /// Since when whole looks have shown the same, of the looks that are known; by itself the time of this one.
    /// </summary>
    public DateTimeOffset UnchangedSince
    {
        get => unchangedSince ?? ObservedAt;
        init => unchangedSince = value;
    }

    /// <summary>
    /// Whether rows of the day could not be read. It never takes the place of a complete look, and never settles.
    /// </summary>
    public bool IsIncomplete { get; init; }
}
