using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.Sessions;

/// <summary>An archived file with what the fold knows of it before reading it.</summary>
internal sealed record RunFile(EvidenceFile File, EvidenceKind Kind, int Attempt, Phase Phase, int Authority)
{
    public string Path => File.Path;

    /// <summary>The file as the fold sees it; its phase and authority come from its folders.</summary>
    public static RunFile Of(ArchivedFile archived, EvidenceKind kind) =>
        new(archived.File, kind, archived.Attempt, PhaseOf(archived.File.Path), AuthorityOf(archived.File.Path));

    // Folders only: a file name says nothing of the phase.
    private static Phase PhaseOf(string path)
    {
        var phase = Phase.Agent;
        foreach (var folder in path.Split('/')[..^1])
        {
            phase = folder.ToLowerInvariant() switch
            {
                "threat-detection" or "detection" => Phase.Detection,
                "evals" => Phase.Evaluation,
                _ => phase,
            };
        }

        return phase;
    }

    // The proxy's folders by trust: token-logs reference of gh-aw v0.87, read 2026-10.
    private static int AuthorityOf(string path) =>
        path.Contains("firewall/logs/", StringComparison.Ordinal) ? 0
        : path.Contains("firewall/audit/", StringComparison.Ordinal) ? 1
        : path.Contains("firewall-audit-logs/", StringComparison.Ordinal) ? 2
        : 3;
}
