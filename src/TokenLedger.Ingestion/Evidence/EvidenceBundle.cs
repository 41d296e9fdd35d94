namespace TokenLedger.Ingestion.Evidence;

/// <summary>
/// Files that belong to one run attempt: an artifact's zip, a folder of <c>gh aw logs</c>, or one file.
/// </summary>
/// <param name="Name">A name for people: the path the user gave, and the folder inside it.</param>
/// <param name="UploadName">A safe folder name for the archive, made from the zip's or folder's name.</param>
/// <param name="Files">The recognised files, in ordinal order of their paths.</param>
/// <param name="Problems">Items that could not be taken, each with a code and what to do.</param>
public sealed record EvidenceBundle(
    string Name,
    string UploadName,
    IReadOnlyList<EvidenceFile> Files,
    IReadOnlyList<InputProblem> Problems);
