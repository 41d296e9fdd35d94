namespace TokenLedger.Ingestion.Evidence.Opening;

/// <summary>What a walk finds: files and problems, both bounded.</summary>
internal sealed class Findings(string root)
{
    // A month of a large organisation is about 100 000 runs with some 12 files each.
    private const int MaximumFiles = 2_000_000;
    private const int MaximumProblems = 10_000;

    private bool isFull;

    public List<FoundFile> Files { get; } = [];

    public List<InputProblem> Problems { get; } = [];

    public void Report(string path, string code, string message)
    {
        if (Problems.Count < MaximumProblems)
            Problems.Add(new InputProblem(SourceOf(path), null, code, message));
    }

    /// <summary>Takes the file if the ledger knows its kind.</summary>
    public void Consider(EvidenceFile file)
    {
        try
        {
            var kind = EvidenceRecognition.KindOf(file);
            if (kind == EvidenceKind.Transcript)
            {
                kind = EvidenceKind.Session;
                if (TranscriptResults.Of(file) is not { } results)
                    return;
                file = results;
            }

            if (kind == EvidenceKind.None)
                return;
            if (Files.Count < MaximumFiles)
                Files.Add(new FoundFile(file, kind));
            else if (!isFull)
            {
                isFull = true;
                Report(file.Path, EvidenceCodes.TooMany, "Over 2 000 000 evidence files; name parts of the folder.");
            }
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Report(file.Path, EvidenceCodes.Unreadable,
                "The file cannot be read; check its permissions or fetch it again.");
        }
    }

    /// <summary>The path as messages show it: what the user named, and the place inside it.</summary>
    public string SourceOf(string path) => path.Length == 0 ? root : root.TrimEnd('/') + "/" + path;
}
