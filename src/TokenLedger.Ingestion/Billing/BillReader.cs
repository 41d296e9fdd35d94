using TokenLedger.Domain.Pricing;

namespace TokenLedger.Ingestion.Billing;

/// <summary>Reads a bill of any supported form, told apart by content.</summary>
public static class BillReader
{
    /// <summary>The days a file speaks of. Bad rows become problems; the rest goes on.</summary>
    /// <param name="content">The whole file: bills are bounded at 512 MiB.</param>
    /// <param name="source">The file's name for messages.</param>
    /// <param name="hints">What flags say; the file wins and a contradiction is a problem.</param>
    /// <param name="names">Model names.</param>
    #pragma warning disable IDE0060
    public static BillFile Read(ReadOnlyMemory<byte> content, string source, BillHints hints, ModelNames names) =>
        throw new NotSupportedException(source + hints.Organization + content.Length);
}
