using TokenLedger.Testing.Worlds.Accounts;
using TokenLedger.Testing.Worlds.Views;

namespace TokenLedger.Testing.Worlds;

/// <summary>What a seed decides before anything happens: the accounts, the days, and what goes wrong.</summary>
public sealed record WorldPlan
{
    /// <summary>The seed, by which the world is made again.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The first UTC day with usage.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>How many days have usage.</summary>
    public required int Days { get; init; }

    /// <summary>Whose bill it is, and of whom it consists.</summary>
    public required WorldWallet Wallet { get; init; }

    /// <summary>Whether organisations of an enterprise are polled beside it: the same money twice.</summary>
    public required bool PollsOrganizationsToo { get; init; }

    /// <summary>Whether nobody but the known runs spends, and the configuration says so.</summary>
    public required bool IsExclusive { get; init; }

    /// <summary>Files that somebody imports beside what is polled.</summary>
    public required IReadOnlyList<ImportedView> Imports { get; init; }

    /// <summary>Whether the AI report names the repositories of runs.</summary>
    public required bool ReportNamesRepositories { get; init; }

    /// <summary>Whether the input column of the AI report holds the cached tokens.</summary>
    public required bool ReportInputHoldsCache { get; init; }

    /// <summary>Credits that each month includes.</summary>
    public required long PoolCredits { get; init; }

    /// <summary>The day on which a price changes that the price book knows.</summary>
    public required DateOnly PriceChange { get; init; }

    /// <summary>The day from which a model is billed otherwise than listed.</summary>
    public required DateOnly DriftFrom { get; init; }

    /// <summary>By how much it is billed otherwise.</summary>
    public required int DriftPercent { get; init; }

    /// <summary>Of 100 runs, how many have a proxy that loses cache writes.</summary>
    public required int LossyPercent { get; init; }

    /// <summary>Of 100 runs, how many never have telemetry.</summary>
    public required int BarePercent { get; init; }

    /// <summary>Of 100 runs, how many have telemetry days later.</summary>
    public required int LatePercent { get; init; }

    /// <summary>Whether a provider misbehaves.</summary>
    public required bool HasFaults { get; init; }

    /// <summary>A day whose bill is never readable; null for none.</summary>
    public required DateOnly? UnreadableDay { get; init; }

    /// <summary>How many repositories each organisation has, up to 7.</summary>
    public int RepositoriesEach { get; init; } = 3;

    /// <summary>The first UTC day without usage.</summary>
    public DateOnly End => FirstDay.AddDays(Days);

    /// <summary>Every day with usage.</summary>
    public IEnumerable<DateOnly> EachDay => Enumerable.Range(0, Days).Select(FirstDay.AddDays);

    /// <summary>When the bill of a day's month is final: three days after the month.</summary>
    public static DateTimeOffset ClosesAt(DateOnly day) =>
        StartOf(new DateOnly(day.Year, day.Month, 1).AddMonths(1)).AddDays(3);

    /// <summary>The first moment of a UTC day.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>The plan of a seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="days">How many days; null for what the seed says.</param>
    public static WorldPlan Of(ulong seed, int? days = null)
    {
        var dice = new WorldDice(seed).For("plan");
        var count = days ?? (int)dice.Roll(8, 13);
        // Ends before its month mostly, so that the bill is soon final, and sometimes some days after it.
        var month = new DateOnly(2026, (int)dice.Roll(7, 12), 1);
        var end = month.AddDays((int)(dice.Chance(20) ? dice.Roll(1, 5) : dice.Roll(-9, 1)));
        var first = end.AddDays(-count);
        var wallet = WorldWallet.Of(dice.For("wallet"));
        var isExclusive = dice.Chance(30);
        return new WorldPlan
        {
            Seed = seed,
            FirstDay = first,
            Days = count,
            Wallet = wallet,
            PollsOrganizationsToo = wallet.IsEnterprise && dice.Chance(50),
            IsExclusive = isExclusive,
            Imports = ImportsOf(dice),
            ReportNamesRepositories = dice.Chance(50),
            ReportInputHoldsCache = dice.Chance(50),
            PoolCredits = dice.Pick([0, 2_000, 20_000, 200_000]),
            PriceChange = first.AddDays((int)dice.Roll(2, 9)),
            DriftFrom = first.AddDays((int)dice.Roll(0, 8)),
            DriftPercent = dice.Chance(35) ? dice.Pick([-15, -4, -2, 2, 3, 8, 20]) : 0,
            LossyPercent = dice.Chance(40) ? dice.Pick([4, 15]) : 0,
            BarePercent = dice.Chance(50) ? dice.Pick([3, 10]) : 0,
            LatePercent = dice.Chance(50) ? dice.Pick([5, 25]) : 0,
            HasFaults = dice.Chance(50),
            UnreadableDay = dice.Chance(4) ? first.AddDays((int)dice.Roll(0, count)) : null,
        };
    }

    private static ImportedView[] ImportsOf(WorldDice dice) => dice.Roll(0, 10) switch
    {
        < 4 => [],
        < 7 => [ImportedView.AiReport],
        7 => [ImportedView.AiReport, ImportedView.Usage],
        8 => [ImportedView.Detailed],
        _ => [ImportedView.Usage, ImportedView.Summary],
    };
}
