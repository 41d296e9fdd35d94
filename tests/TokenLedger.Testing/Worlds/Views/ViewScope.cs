using TokenLedger.Testing.Worlds.Bills;

namespace TokenLedger.Testing.Worlds.Views;

/// <summary>Whose part of the wallet's bill is shown.</summary>
/// <param name="World">The world.</param>
/// <param name="Organization">One organisation; null for the whole wallet.</param>
public sealed record ViewScope(World World, string? Organization)
{
    /// <summary>The scope as an API path names it.</summary>
    public string Path => Organization is { } one ? "organizations/" + one
        : World.Plan.Wallet.Enterprise is { } enterprise ? "enterprises/" + enterprise
        : "organizations/" + World.Plan.Wallet.Organizations[0];

    /// <summary>The property of an answer that names the scope, and the name.</summary>
    public (string Property, string Name) Echo => Organization is null && World.Plan.Wallet.Enterprise is { } enterprise
        ? ("enterprise", enterprise)
        : ("organization", Organization ?? World.Plan.Wallet.Organizations[0]);

    /// <summary>Whether figures carry the noise of doubles.</summary>
    public bool IsNoisy => World.Plan.Seed % 2 == 0;

    /// <summary>What is shown of a day.</summary>
    public IEnumerable<ShownLine> ShownAt(DateOnly day, DateTimeOffset now) => World.Bill.ShownAt(day, now)
        .Where(shown => Organization is null || shown.Line.Organization == Organization);
}
