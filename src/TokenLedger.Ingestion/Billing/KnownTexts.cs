using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Pricing;

namespace TokenLedger.Ingestion.Billing;

/// <summary>Remembers what SKUs and model names mean: a bill repeats a few of them in every row.</summary>
internal sealed class KnownTexts(ModelNames names)
{
    // More than any real bill has; a hostile one only loses the speed.
    private const int Most = 10_000;

    private readonly Dictionary<SkuText, SkuClass> classes = [];
    private readonly Dictionary<string, ModelName> models = new(StringComparer.Ordinal);

    /// <summary>The family and category.</summary>
    public SkuClass ClassOf(SkuText text)
    {
        if (classes.TryGetValue(text, out var known))
            return known;
        var made = SkuRules.Classify(text);
        if (classes.Count < Most)
            classes.Add(text, made);
        return made;
    }

    /// <summary>The normalised model.</summary>
    public ModelName ModelOf(string text)
    {
        if (models.TryGetValue(text, out var known))
            return known;
        var made = names.Normalise(text);
        if (models.Count < Most)
            models.Add(text, made);
        return made;
    }
}
