using TokenLedger.Domain.Pricing;

namespace TokenLedger.Ingestion.Prices;

/// <summary>Reads a price file in the form of <c>tokenledger/prices/v1</c>.</summary>
public static class PriceBookReader
{
    /// <summary>The price book that ships with the program.</summary>
    public static PriceBook Shipped() => throw new NotSupportedException();

    /// <summary>The book in a file, or everything that is wrong with it.</summary>
    public static PriceBook? Read(Stream stream, string source, out IReadOnlyList<InputProblem> problems) =>
        throw new NotSupportedException(source);
}
