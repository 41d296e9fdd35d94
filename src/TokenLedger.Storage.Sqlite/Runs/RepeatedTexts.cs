namespace TokenLedger.Storage.Sqlite.Runs;

/// <summary>
/// One string for each text that rows repeat: a month of runs names a few models, repositories and people.
/// </summary>
internal sealed class RepeatedTexts
{
    // More than any ledger repeats; beyond, texts only take more room.
    private const int Most = 100_000;

    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);

    public string Of(string text)
    {
        if (texts.TryGetValue(text, out var known))
            return known;
        if (texts.Count < Most)
            texts.Add(text, text);
        return text;
    }

    public string? OrNull(string? text) => text is null ? null : Of(text);
}
