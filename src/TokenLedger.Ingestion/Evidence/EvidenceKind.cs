namespace TokenLedger.Ingestion.Evidence;

/// <summary>What an evidence file is, told by its content and path suffix, never by the artifact it came in.</summary>
internal enum EvidenceKind
{
    /// <summary>Nothing the ledger takes: prompts, captured bodies, anything unknown.</summary>
    None,

    /// <summary>The proxy's usage records.</summary>
    TokenUsage,

    /// <summary><c>aw_info.json</c>: what the run is.</summary>
    AwInfo,

    /// <summary><c>agent_usage.json</c>: totals of the agent phase.</summary>
    AgentUsage,

    /// <summary><c>agent_usage.jsonl</c>: archived; its figures stand in better files.</summary>
    AgentUsageLines,

    /// <summary><c>activity/summary.json</c>: archived for outcomes.</summary>
    ActivitySummary,

    /// <summary><c>safe-output-items.jsonl</c>: what the run created; archived for outcomes.</summary>
    SafeOutputItems,

    /// <summary>Session events: <c>aw_session.jsonl</c>, a session's <c>events.jsonl</c>, result lines.</summary>
    Session,

    /// <summary>An engine's transcript, of which only the result lines are taken: the rest holds prompts.</summary>
    Transcript,

    /// <summary><c>token-tracker-audit.jsonl</c>: which calls started and ended.</summary>
    TrackerAudit,

    /// <summary>The proxy's <c>models.json</c>: the live price list of the run.</summary>
    LiveModels,

    /// <summary><c>model-routing.jsonl</c>: archived.</summary>
    ModelRouting,

    /// <summary>One run of a <c>gh aw</c> answer, or its local cache <c>run_summary.json</c>.</summary>
    RunSummary,

    /// <summary>An answer of <c>gh aw logs --json</c>, which holds many runs.</summary>
    LogsAnswer,

    /// <summary>An answer of <c>gh aw audit --json</c>, which holds one run.</summary>
    AuditAnswer,

    /// <summary>What flags said of a run: <see cref="RunHintsFile"/>.</summary>
    RunHints,

    /// <summary>What GitHub itself said of a run: <see cref="WorkflowRunFile"/>.</summary>
    WorkflowRun,

    /// <summary>What asking GitHub for a run's artifacts brought: <see cref="CollectionFile"/>.</summary>
    Collection,
}
