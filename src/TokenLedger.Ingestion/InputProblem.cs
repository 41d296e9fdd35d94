namespace TokenLedger.Ingestion;

/// <summary>Something in the input that was not taken. The rest of the input goes on.</summary>
/// <param name="Source">The file, with the entry inside it where it is an archive.</param>
/// <param name="Line">The line from 1; null for the file as a whole.</param>
/// <param name="Code">The stable code, such as <c>TL0107</c>; every code is listed in <c>docs/codes.md</c>.</param>
/// <param name="Message">One sentence: what is wrong and what to do.</param>
public sealed record InputProblem(string Source, long? Line, string Code, string Message);
