using System.Globalization;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.GitHub;

namespace TokenLedger.Application.Collecting;

/// <summary>Brings one artifact from GitHub into the archive, as a zip of its evidence alone.</summary>
internal sealed class ArtifactFetch(IRunSource github, ILogArchive archive)
{
    private const int BufferBytes = 128 * 1024;

    // Telemetry of a long run is some MiB packed. Build outputs of any name are larger; what bears a name that gh-aw
    // gives may be large for its transcripts.
    private const long BytesMax = 64L * 1024 * 1024;
    private const long NamedBytesMax = 1024L * 1024 * 1024;

    // Artifacts of gh-aw's compiled workflows, read 2026-10; with workflow_call a hash and a hyphen stand before.
    private static readonly string[] TelemetryNames =
        ["agent", "agent-artifacts", "usage", "firewall-audit-logs", "detection", "evals", "aic-usage-cache"];

    /// <summary>The upload that an artifact becomes; GitHub's id makes it the artifact's own.</summary>
    public static string UploadNameOf(RunArtifact artifact) =>
        PrefixOf(artifact) + ArchivedUpload.NameOf(artifact.Name);

    /// <summary>What the upload of an artifact begins with, whatever its name.</summary>
    public static string PrefixOf(RunArtifact artifact) =>
        string.Create(CultureInfo.InvariantCulture, $"artifact-{artifact.Id}-");

    /// <summary>The most bytes that an artifact of its name may have.</summary>
    public static long BytesMaxOf(RunArtifact artifact) =>
        Array.Exists(TelemetryNames, name => string.Equals(artifact.Name, name, StringComparison.Ordinal)
            || artifact.Name.EndsWith("-" + name, StringComparison.Ordinal))
            ? NamedBytesMax
            : BytesMax;

    /// <summary>Downloads an artifact and archives its evidence.</summary>
    /// <returns>What it holds, or why GitHub did not give it.</returns>
    public async Task<ProviderAnswer<TelemetryZip>> RunAsync(
        RepositoryAccess repository, RunIdentity run, RunArtifact artifact, CancellationToken cancellation)
    {
        await using var download = TemporaryFile();
        if (await github.DownloadArtifactAsync(
            repository, artifact.Id, download, BytesMaxOf(artifact), cancellation) is { } refusal)
            return refusal;
        await download.FlushAsync(cancellation);
        await using var evidence = TemporaryFile();
        // Reading a zip is work without pause.
        var zip = await Task.Run(
            () => TelemetryZip.Copy(download.Name, artifact.Name, evidence), cancellation);
        await evidence.FlushAsync(cancellation);
        if (zip.HasEvidence)
        {
            var name = evidence.Name;
            await archive.AddRecordAsync(
                run, UploadNameOf(artifact),
                new EvidenceFile(TelemetryZip.FileName, evidence.Length, () => OpenRead(name)), cancellation);
        }

        return zip;
    }

    // Gone when it is closed, or with the process's folder of temporary files.
    private static FileStream TemporaryFile() => new(
        Path.Combine(Path.GetTempPath(), "tokenledger-artifact-" + Path.GetRandomFileName()),
        FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, BufferBytes,
        FileOptions.DeleteOnClose | FileOptions.Asynchronous);

    private static FileStream OpenRead(string path) => new(
        path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes,
        FileOptions.SequentialScan);
}
