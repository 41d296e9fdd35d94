namespace TokenLedger.Application.Messages;

/// <summary>The queues, named alike on Azure Queues and in a SQLite ledger.</summary>
public static class QueueNames
{
    /// <summary>A finished workflow run whose evidence is to be taken.</summary>
    public const string CollectRun = "collect-run";

    /// <summary>A day after whose change the budgets are to be evaluated.</summary>
    public const string EvaluateBudgets = "evaluate-budgets";

    /// <summary>A report of an enterprise that GitHub makes, or is to make.</summary>
    public const string ExportReport = "export-report";

    /// <summary>A blob was created in the archive: Event Grid's own message, which only it writes.</summary>
    public const string LogUploaded = "log-uploaded";

    /// <summary>A day whose usage or bill has changed.</summary>
    public const string ReconcileDay = "reconcile-day";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All =
        [CollectRun, EvaluateBudgets, ExportReport, LogUploaded, ReconcileDay];

    /// <summary>
    /// How often a message is handed out before it is laid on its poison queue; <c>host.json</c> says the same.
    /// </summary>
    public const int DequeueCountMax = 5;

    private const string PoisonSuffix = "-poison";

    /// <summary>Where a message ends that failed every time.</summary>
    public static string PoisonOf(string queueName) => queueName + PoisonSuffix;

    /// <summary>The queue whose failed messages end on a poison queue.</summary>
    public static string OfPoison(string poisonQueueName) => poisonQueueName[..^PoisonSuffix.Length];

    /// <summary>Whether a queue is a poison queue.</summary>
    public static bool IsPoison(string queueName) => queueName.EndsWith(PoisonSuffix, StringComparison.Ordinal);
}
