namespace TokenLedger.Application.Records;

/// <summary>A row as it was read.</summary>
/// <param name="Row">The row.</param>
/// <param name="Version">Opaque; changes with every write of the row.</param>
public sealed record StoredRecord(RecordRow Row, string Version);
