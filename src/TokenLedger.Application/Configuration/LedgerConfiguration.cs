using System.Collections.Immutable;
using TokenLedger.Domain.Attribution;
using TokenLedger.Domain.Budgets;

namespace TokenLedger.Application.Configuration;

/// <summary>What a user configures beside flags. The empty configuration is a sound one.</summary>
public sealed record LedgerConfiguration
{
    /// <summary>The ledger's file; null when not configured.</summary>
    public string? LedgerPath { get; init; }

    /// <summary>Where the ledger is kept.</summary>
    public StorageKind Storage { get; init; }

    /// <summary>The account of a ledger on Azure; empty without one.</summary>
    public AzureStorageConfiguration Azure { get; init; } = new();

    /// <summary>How GitHub is reached.</summary>
    public GitHubConfiguration GitHub { get; init; } = new();

    /// <summary>The key that callers of <c>serve</c> send; null for none, which only loopback allows.</summary>
    public Secret? ServeApiKey { get; init; }

    /// <summary>How long changes of a day are collected before it is reconciled; from 0 to an hour.</summary>
    public TimeSpan ReconcilingDelay { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// When artifacts without telemetry are looked at again, after each look; at most
    /// <see cref="Collecting.CollectionRetries.TriesMax"/>, each from 0 to a day.
    /// </summary>
    /// <remarks>
    /// Artifacts are listed when a run ends (GitHub's documentation, 2026-10): late is late by minutes.
    /// </remarks>
    public IReadOnlyList<TimeSpan> CollectingRetries { get; init; } =
        [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10)];

    /// <summary>
    /// The UTC day from which a repository's runs are looked through at first; null for a week back.
    /// </summary>
    public DateOnly? CollectingSince { get; init; }

    /// <summary>The bills' sources and whom they pay for.</summary>
    public IReadOnlyList<SourceConfiguration> Sources { get; init; } = [];

    /// <summary>The budgets; names are unique without case.</summary>
    public IReadOnlyList<Budget> Budgets { get; init; } = [];

    /// <summary>What people are told, and how.</summary>
    public AlertsConfiguration Alerts { get; init; } = new();

    /// <summary>What rules say of runs beside GitHub's facts.</summary>
    public AttributionRules Attribution { get; init; } = AttributionRules.None;

    /// <summary>Weights by which a statement may spread what no run answers for, by team; whole, 0 or more.</summary>
    public IReadOnlyDictionary<string, long> StatementWeights { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>What findings lead to; none unless it is configured.</summary>
    public IReadOnlyList<FindingActionRule> FindingActions { get; init; } = [];

    /// <summary>
    /// Workflow paths, beside <c>.lock.yml</c>, whose runs are agent runs; <c>*</c> stands for any text.
    /// </summary>
    public IReadOnlyList<string> WorkflowsInclude { get; init; } = [];
}
