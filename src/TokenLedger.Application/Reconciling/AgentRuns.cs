using System.IO.Enumeration;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Reconciling;

/// <summary>Tells agent runs from other runs.</summary>
internal static class AgentRuns
{
    private const string CompiledWorkflowSuffix = ".lock.yml";

    /// <summary>
    /// A run with telemetry, of a compiled agentic workflow, of an included path, or of an unknown path.
    /// </summary>
    public static bool Includes(LedgerRun run, IReadOnlyList<string> include) =>
        run.HasTelemetry
        || run.Facts.WorkflowPath is not { } path
        || IsAgentPath(path, include);

    /// <summary>Whether a workflow file is a compiled agentic workflow or an included one.</summary>
    public static bool IsAgentPath(string path, IReadOnlyList<string> include) =>
        path.EndsWith(CompiledWorkflowSuffix, StringComparison.OrdinalIgnoreCase)
        || include.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, path));
}
