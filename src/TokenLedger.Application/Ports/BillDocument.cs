namespace TokenLedger.Application.Ports;

/// <summary>One raw answer, kept as it came.</summary>
/// <remarks>
/// The time stands in the bytes too: two equal answers are two looks, and so must be two raw files.
/// </remarks>
/// <param name="Name">A file name that tells source, view and day; no secret.</param>
/// <param name="Content">The bytes.</param>
/// <param name="RequestedAt">When the provider was asked, UTC.</param>
public sealed record BillDocument(string Name, ReadOnlyMemory<byte> Content, DateTimeOffset RequestedAt);
