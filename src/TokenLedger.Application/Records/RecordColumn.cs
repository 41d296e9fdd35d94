namespace TokenLedger.Application.Records;

/// <summary>A column of a record table.</summary>
/// <param name="Name">Its name in the storage: lower-case letters and digits, a letter first.</param>
/// <param name="Kind">What it holds; every column may be unknown.</param>
public sealed record RecordColumn(string Name, RecordColumnKind Kind);
