using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Sweeping;

/// <summary>What a sweep did.</summary>
public sealed record SweepOutcome
{
    /// <summary>Why nothing was asked; null when something was.</summary>
    public string? SkippedBecause { get; init; }

    /// <summary>Repositories that there are.</summary>
    public int Repositories { get; init; }

    /// <summary>Of these, the ones looked at.</summary>
    public int RepositoriesLookedAt { get; init; }

    /// <summary>Of these, the ones whose look is not at its end or was refused.</summary>
    public int RepositoriesUnfinished { get; init; }

    /// <summary>Of these, the ones that GitHub refused.</summary>
    public int RepositoriesRefused { get; init; }

    /// <summary>Agent runs that GitHub listed, known ones too.</summary>
    public int RunsSeen { get; init; }

    /// <summary>Of these, the ones that the ledger did not know and that are queued now.</summary>
    public int RunsQueued { get; init; }

    /// <summary>Failed deliveries that GitHub sends again.</summary>
    public int DeliveriesSentAgain { get; init; }

    /// <summary>Failed deliveries left to the next sweep.</summary>
    public int DeliveriesLeft { get; init; }

    /// <summary>Failed deliveries that are not sent again; their runs are found by listing.</summary>
    public int DeliveriesGivenUp { get; init; }

    /// <summary>Questions to GitHub.</summary>
    public int Questions { get; init; }

    /// <summary>The last refusal; null when there was none.</summary>
    public ProviderRefusal? Refusal { get; init; }

    /// <summary>Repositories left to the next sweep.</summary>
    public int RepositoriesLeft => Repositories - RepositoriesLookedAt + RepositoriesUnfinished - RepositoriesRefused;
}
