using System.Text.Json;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.Sessions;

/// <summary>A price that the provider's own list showed while the run was on, in USD per million tokens.</summary>
internal sealed record LivePrice(Channel Channel, string Model, decimal? Input, decimal? Output, decimal? CacheRead)
{
    // A provider lists some hundred models.
    private const int MaximumModels = 10_000;

    /// <summary>
    /// The default-band prices of the proxy's <c>models.json</c>; promotions are left out, they say no list price.
    /// </summary>
    public static List<LivePrice> Read(EvidenceFile file, Action<InputProblem> onProblem)
    {
        var prices = new List<LivePrice>();
        using var document = CompanionDocument.Read(file, onProblem);
        if (document?.RootElement.Child("providers") is not { ValueKind: JsonValueKind.Object } providers)
            return prices;
        foreach (var provider in providers.EnumerateObject())
        {
            if (provider.Value.Child("model_metadata") is not { ValueKind: JsonValueKind.Array } models)
                continue;
            foreach (var model in models.EnumerateArray().Take(MaximumModels))
            {
                if (model.TextOf("id") is { } id && model.Child("promotion") is null
                    && model.Child("pricing")?.Child("default") is { } price)
                    prices.Add(new LivePrice(
                        Channel.FromProvider(provider.Name), id,
                        price.AmountOf("input"), price.AmountOf("output"), price.AmountOf("cachedInput")));
            }
        }

        return prices;
    }
}
