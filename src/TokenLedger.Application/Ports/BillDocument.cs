namespace TokenLedger.Application.Ports;

/// <summary>One raw answer, kept as it came.</summary>
/// <param name="Name">A file name that tells source, view and day; no secret.</param>
/// <param name="Content">The bytes.</param>
public sealed record BillDocument(string Name, ReadOnlyMemory<byte> Content);
