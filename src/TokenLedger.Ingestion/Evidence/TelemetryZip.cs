using System.IO.Compression;
using TokenLedger.Ingestion.Evidence.Opening;

namespace TokenLedger.Ingestion.Evidence;

/// <summary>
/// Makes of an artifact's zip one that holds its evidence alone: no prompts, no captured bodies, no build outputs. The
/// same artifact makes the same bytes.
/// </summary>
/// <param name="HasEvidence">Whether anything of it is evidence; without it there is no zip.</param>
/// <param name="HasTelemetry">Whether that tells of tokens.</param>
/// <param name="Problems">What could not be taken, with the place inside the artifact.</param>
public sealed record TelemetryZip(bool HasEvidence, bool HasTelemetry, IReadOnlyList<InputProblem> Problems)
{
    /// <summary>The name of such a zip in the archive.</summary>
    public const string FileName = "evidence.zip";

    // Of a zip that carries the time of its making, no two would be alike.
    private static readonly DateTimeOffset EntryTime = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Copies the evidence of a zip.</summary>
    /// <param name="artifactPath">The artifact's zip.</param>
    /// <param name="artifactName">Its name, for problems.</param>
    /// <param name="target">Written to where there is evidence.</param>
    public static TelemetryZip Copy(string artifactPath, string artifactName, Stream target)
    {
        var findings = new Findings(artifactName);
        ZipWalk.Walk(artifactPath, "", findings);
        // An answer of gh aw about many runs belongs to none of them.
        var files = findings.Files
            .Where(file => file.Kind is not (EvidenceKind.LogsAnswer or EvidenceKind.AuditAnswer))
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .ToList();
        if (files.Count > 0)
        {
            using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
            foreach (var file in files)
            {
                var entry = zip.CreateEntry(file.Path, CompressionLevel.Fastest);
                entry.LastWriteTime = EntryTime;
                using var copy = entry.Open();
                using var source = file.File.OpenRead();
                source.CopyTo(copy);
            }
        }

        return new TelemetryZip(files.Count > 0, files.Exists(IsTelemetry), findings.Problems);
    }

    // The log of an agent that never called a model is there and empty.
    private static bool IsTelemetry(FoundFile file) =>
        file.File.LengthBytes > 0
        && file.Kind is EvidenceKind.TokenUsage or EvidenceKind.Session or EvidenceKind.AgentUsage
            or EvidenceKind.AgentUsageLines or EvidenceKind.RunSummary;
}
