namespace TokenLedger.Application.Explaining;

/// <summary>Something known of a node beside its figures.</summary>
/// <param name="Name">A stable name in camel case, its unit last.</param>
/// <param name="Text">What is known; outside text is as it came.</param>
public sealed record ExplanationFact(string Name, string Text)
{
    /// <summary>Those that are known, in order.</summary>
    public static IReadOnlyList<ExplanationFact> Of(params ReadOnlySpan<(string Name, string? Text)> facts)
    {
        var known = new List<ExplanationFact>(facts.Length);
        foreach (var (name, text) in facts)
        {
            if (!string.IsNullOrEmpty(text))
                known.Add(new ExplanationFact(name, text));
        }

        return known;
    }
}
