using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;

namespace TokenLedger.Testing.Worlds.Product;

/// <summary>How a test breaks the product on purpose, to see whether the checks find it.</summary>
public sealed record Tampering
{
    /// <summary>Nothing is broken.</summary>
    public static readonly Tampering None = new();

    /// <summary>What the product takes for the provider.</summary>
    public Func<IBillingSource, IBillingSource> Source { get; init; } = source => source;

    /// <summary>What it takes for its store.</summary>
    public Func<ILedgerStore, ILedgerStore> Store { get; init; } = store => store;

    /// <summary>What it takes for its days.</summary>
    public Func<IDayLedger, IDayLedger> Days { get; init; } = days => days;

    /// <summary>What it takes for its configuration.</summary>
    public Func<LedgerConfiguration, LedgerConfiguration> Configuration { get; init; } = configuration => configuration;
}
