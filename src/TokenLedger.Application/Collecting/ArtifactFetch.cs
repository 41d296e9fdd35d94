using System.Globalization;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.GitHub;

namespace TokenLedger.Application.Collecting;

/// <summary>Brings one artifact from GitHub into the archive, as a zip of its evidence alone.</summary>
internal sealed class ArtifactFetch(IRunSource github, ILogArchive archive)
{
    private readonly TemporaryFiles files = new(Path.GetTempPath());

    // Telemetry of a long run is some MiB packed. Build outputs of any name are larger; what bears a name that gh-aw
    // gives may be large for its transcripts.
    private const long BytesMax = 64L * 1024 * 1024;
    private const long NamedBytesMax = 1024L * 1024 * 1024;

    // Artifacts of gh-aw's compiled workflows, read 2026-10; with workflow_call a hash and a hyphen stand before.
    private static readonly string[] TelemetryNames =
        ["agent", "agent-artifacts", "usage", "firewall-audit-logs", "detection", "evals", "aic-usage-cache"];

    /// <summary>
    /// What the upload of an artifact begins with, whatever its name: GitHub's id makes it the artifact's own, and the
    /// word tells a later look what is in it.
    /// </summary>
    public static string PrefixOf(RunArtifact artifact, bool hasTelemetry) => string.Create(
        CultureInfo.InvariantCulture, $"artifact-{artifact.Id}-{(hasTelemetry ? "telemetry" : "record")}-");

    /// <summary>Whether it bears a name under which gh-aw uploads telemetry.</summary>
    public static bool IsNamed(RunArtifact artifact) => Array.Exists(
        TelemetryNames, name => string.Equals(artifact.Name, name, StringComparison.Ordinal)
            || artifact.Name.EndsWith("-" + name, StringComparison.Ordinal));

    /// <summary>The most bytes that an artifact of its name may have.</summary>
    public static long BytesMaxOf(RunArtifact artifact) => IsNamed(artifact) ? NamedBytesMax : BytesMax;

    /// <summary>Downloads an artifact and archives its evidence.</summary>
    /// <returns>What it holds, or why GitHub did not give it.</returns>
    public async Task<ProviderAnswer<TelemetryZip>> RunAsync(
        RepositoryAccess repository, RunIdentity run, RunArtifact artifact, CancellationToken cancellation)
    {
        await using var download = files.Create();
        if (await github.DownloadArtifactAsync(
            repository, artifact.Id, download, BytesMaxOf(artifact), cancellation) is { } refusal)
            return refusal;
        await download.FlushAsync(cancellation);
        await using var evidence = files.Create();
        // Reading a zip is work without pause.
        var zip = await Task.Run(
            () => TelemetryZip.Copy(download.Name, artifact.Name, evidence), cancellation);
        await evidence.FlushAsync(cancellation);
        if (zip.HasEvidence)
        {
            var name = evidence.Name;
            await archive.AddRecordAsync(
                run, PrefixOf(artifact, zip.HasTelemetry) + ArchivedUpload.NameOf(artifact.Name),
                new EvidenceFile(TelemetryZip.FileName, evidence.Length, () => OpenRead(name)), cancellation);
        }

        return zip;
    }

    private static FileStream OpenRead(string path) => new(
        path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, TemporaryFiles.BufferBytes,
        FileOptions.SequentialScan);
}
