using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Ports;

/// <summary>Walks through everything that the archive holds: what all tables can be made of again.</summary>
public interface IArchiveWalk
{
    /// <summary>
    /// The runs that there are files of, once each, with their names as the archive spells them and attempt 1.
    /// </summary>
    IAsyncEnumerable<RunIdentity> ReadRunsAsync(CancellationToken cancellation);

    /// <summary>Every raw bill, in ordinal order of its archived name.</summary>
    IAsyncEnumerable<HeldBill> ReadBillsAsync(CancellationToken cancellation);
}
