using System.Security.Cryptography;
using System.Text.Json;
using TokenLedger.Domain.Pricing;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.Prices;

/// <summary>Reads a price file in the form of <c>tokenledger/prices/v1</c>.</summary>
public static class PriceBookReader
{
    /// <summary>The form this reader knows.</summary>
    public const string Schema = "tokenledger/prices/v1";

    // The shipped book has about 110 rows in 40 KiB; a file a hundred times that is a mistake, not a price list.
    private const int MaximumBytes = 16 * 1024 * 1024;
    private const int MaximumProblems = 1_000;

    /// <summary>The price book that ships with the program.</summary>
    public static PriceBook Shipped()
    {
        using var stream = typeof(PriceBookReader).Assembly.GetManifestResourceStream("prices.json")
            ?? throw new InvalidOperationException("The program was built without its price file.");
        return Read(stream, "prices.json", out var problems)
            ?? throw new InvalidOperationException("The shipped price file is wrong: " + problems[0].Message);
    }

    /// <summary>The book in a file, or everything that is wrong with it.</summary>
    /// <returns>Null when there is any problem: a half-read price list prices wrongly.</returns>
    public static PriceBook? Read(Stream stream, string source, out IReadOnlyList<InputProblem> problems)
    {
        var faults = new List<InputProblem>();
        problems = faults;
        var bytes = BoundedBytes.Read(stream, MaximumBytes);
        if (bytes is null)
        {
            faults.Add(new InputProblem(source, null, PriceCodes.TooLarge,
                "The price file is over 16 MiB; name a file in the form of tokenledger/prices/v1."));
            return null;
        }

        try
        {
            using var document = JsonText.Parse(bytes, maximumDepth: 16);
            var reader = new PriceFileReader(source, faults);
            var file = reader.Read(document.RootElement);
            foreach (var fault in PriceBookProblems.In(file.Rows))
                faults.Add(new InputProblem(source, null, PriceCodes.UnsoundRows, fault));
            if (faults.Count > MaximumProblems)
                faults.RemoveRange(MaximumProblems, faults.Count - MaximumProblems);
            var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
            return faults.Count > 0 ? null : new PriceBook(file.Names, file.Rows, file.AutoDiscounts, hash);
        }
        catch (JsonException fault)
        {
            faults.Add(new InputProblem(source, fault.LineNumber + 1, PriceCodes.NotJson,
                "The price file is not valid JSON; mend it at this line."));
            return null;
        }
    }
}
