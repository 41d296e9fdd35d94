using TokenLedger.Ingestion;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Ports;

/// <summary>The archived files of every attempt of a run, open for reading until it is disposed.</summary>
/// <param name="files">
/// In ordinal order, their paths relative to the run: <c>{attempt}/{upload}/{path}</c>. A zip in the archive stands
/// for the recognised files in it.
/// </param>
/// <param name="problems">Items of the archive that could not be taken, such as a damaged zip.</param>
/// <param name="release">Frees what keeps the files open; null for nothing.</param>
public sealed class ArchivedRun(
    IReadOnlyList<ArchivedFile> files, IReadOnlyList<InputProblem> problems, Action? release = null) : IDisposable
{
    /// <summary>The files.</summary>
    public IReadOnlyList<ArchivedFile> Files { get; } = files;

    /// <summary>What <see cref="ArchiveMark"/> makes of the files; null where the archive makes none.</summary>
    public string? Mark { get; init; }

    /// <summary>The problems.</summary>
    public IReadOnlyList<InputProblem> Problems { get; } = problems;

    /// <inheritdoc/>
    public void Dispose() => release?.Invoke();
}
