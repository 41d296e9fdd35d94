using System.Globalization;

namespace TokenLedger.Testing.Worlds.Simulation;

/// <summary>Which worlds a test run lives through: <c>TOKENLEDGER_SEED</c> and <c>TOKENLEDGER_SEEDS</c>.</summary>
/// <param name="First">The first seed.</param>
/// <param name="Count">How many.</param>
public sealed record SeedRange(ulong First, int Count)
{
    private const int CountOtherwise = 300;

    /// <summary>The seeds.</summary>
    public IEnumerable<ulong> Seeds => Enumerable.Range(0, Count).Select(i => First + (ulong)i);

    /// <summary>Whether there are so many that every feature must occur in one of them.</summary>
    public bool IsBroad => Count >= CountOtherwise;

    /// <summary>As the environment says.</summary>
    public static SeedRange OfEnvironment() => new(
        ulong.Parse(Variable("TOKENLEDGER_SEED") ?? "1", CultureInfo.InvariantCulture),
        int.Parse(
            Variable("TOKENLEDGER_SEEDS") ?? CountOtherwise.ToString(CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture));

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? text : null;
}
