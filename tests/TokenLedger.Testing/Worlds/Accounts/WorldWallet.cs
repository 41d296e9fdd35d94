namespace TokenLedger.Testing.Worlds.Accounts;

/// <summary>One wallet: an organisation alone, or an enterprise with its organisations and cost centres.</summary>
/// <param name="Enterprise">The enterprise; null for an organisation alone.</param>
/// <param name="Organizations">The organisations.</param>
/// <param name="CostCenters">The cost centre of an organisation, or of a person by login; none for others.</param>
/// <param name="People">Logins of the people.</param>
public sealed record WorldWallet(
    string? Enterprise,
    IReadOnlyList<string> Organizations,
    IReadOnlyDictionary<string, string> CostCenters,
    IReadOnlyList<string> People)
{
    private static readonly string[] Names = ["acme", "acme-labs", "acme-data"];
    private static readonly string[] Centers = ["Platform", "Research"];

    /// <summary>Whether it is an enterprise's.</summary>
    public bool IsEnterprise => Enterprise is not null;

    /// <summary>
    /// The cost centre that usage is billed to: the person's, else the organisation's; null for none.
    /// </summary>
    public string? CostCenterOf(string organization, string? user) =>
        user is not null && CostCenters.TryGetValue(user, out var own) ? own
        : CostCenters.GetValueOrDefault(organization);

    /// <summary>A wallet by chance.</summary>
    public static WorldWallet Of(WorldDice dice)
    {
        string[] people = ["alice", "bob", "carol", "dave", "erin"];
        if (dice.Chance(45))
            return new WorldWallet(null, [Names[0]], new Dictionary<string, string>(), people);

        var organizations = Names[..(int)dice.Roll(1, 4)];
        var centers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var center in Centers[..(int)dice.Roll(0, 3)])
            centers[dice.Chance(60) ? dice.Pick(organizations) : dice.Pick(people)] = center;
        return new WorldWallet("acme-inc", organizations, centers, people);
    }
}
