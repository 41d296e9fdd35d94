using TokenLedger.Application.Archiving;

namespace TokenLedger.Application.Ports;

/// <summary>A raw bill that the archive holds.</summary>
/// <param name="Name">The file's own name.</param>
/// <param name="KeptAt">When it was put there, UTC.</param>
/// <param name="Takings">How it was taken; empty for a bill that was kept before takings were.</param>
/// <param name="ReadAsync">Its bytes, each time anew.</param>
public sealed record HeldBill(
    string Name, DateTimeOffset KeptAt, IReadOnlyList<BillTaking> Takings,
    Func<CancellationToken, Task<ReadOnlyMemory<byte>>> ReadAsync);
