using System.Text.Json;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.Prices.Lists;

/// <summary>Reads a list of present prices, of LiteLLM or of models.dev: its content tells which.</summary>
public static class PriceListReader
{
    // Both lists had under 3 MB in 2026-10.
    private const int MaximumBytes = 32 * 1024 * 1024;

    /// <summary>The list, or the one thing that is wrong with the file.</summary>
    public static PriceList? Read(Stream stream, string source, out InputProblem? problem)
    {
        problem = null;
        if (BoundedBytes.Read(stream, MaximumBytes) is not { } bytes)
        {
            problem = new InputProblem(source, null, PriceCodes.ListTooLarge,
                "The price list is over 32 MiB: no list of prices is.");
            return null;
        }

        try
        {
            using var document = JsonText.Parse(bytes, maximumDepth: 64);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object)
            {
                if (LiteLlmList.IsIt(root))
                    return new PriceList(PriceListForm.LiteLlm, [.. LiteLlmList.Read(root)]);
                if (ModelsDevList.IsIt(root))
                    return new PriceList(PriceListForm.ModelsDev, [.. ModelsDevList.Read(root)]);
            }

            problem = new InputProblem(source, null, PriceCodes.NoKnownList,
                "The file is neither LiteLLM's model_prices_and_context_window.json nor models.dev's api.json; a file "
                + "of tokenledger/prices/v1 is used with --prices as it is.");
            return null;
        }
        catch (JsonException fault)
        {
            problem = new InputProblem(source, fault.LineNumber + 1, PriceCodes.ListNotJson,
                "The price list is not valid JSON: fetch it again, whole.");
            return null;
        }
    }
}
