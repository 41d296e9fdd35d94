using System.Collections.Frozen;
using System.Text;

namespace TokenLedger.Domain.Pricing;

/// <summary>
/// Brings a model's ids, dated ids, display names and <c>Auto:</c> names to one name. Exact or listed, never fuzzy.
/// </summary>
/// <remarks>
/// The steps, in order: trim; take off <c>Auto:</c>; take off everything up to a first slash (<c>anthropic/…</c>);
/// take off footnote marks (<c>[^1]</c>) and one pair of parentheses' own signs; lower case; <c>.</c>, <c>_</c> and
/// spaces become <c>-</c>; look the result up in the listed aliases; else take off one date at the end
/// (<c>-20251001</c>, <c>-2026-03-05</c>) and look it up again. What remains unknown keeps that form and has no price.
/// Sources: gh-aw-firewall name match (2026-08), GitHub bill display names (2026-08).
/// </remarks>
public sealed class ModelNames
{
    /// <summary>The name of a record that has none.</summary>
    public const string Unknown = "unknown";

    private readonly FrozenDictionary<string, string> canonicalByAlias;

    /// <summary>Names with listed aliases.</summary>
    /// <param name="aliases">Alias and canonical name; both are brought to the normal form first.</param>
    public ModelNames(IEnumerable<KeyValuePair<string, string>> aliases) => canonicalByAlias = aliases
        .ToFrozenDictionary(pair => Fold(pair.Key), pair => Fold(pair.Value), StringComparer.Ordinal);

    /// <summary>Every listed alias and its canonical name, both in the normal form, in ordinal order.</summary>
    public IEnumerable<KeyValuePair<string, string>> Aliases =>
        canonicalByAlias.OrderBy(pair => pair.Key, StringComparer.Ordinal);

    /// <summary>These names and another's; where both list an alias, the other's wins.</summary>
    public ModelNames ExtendedBy(ModelNames other) => new(canonicalByAlias
        .Where(pair => !other.canonicalByAlias.ContainsKey(pair.Key))
        .Concat(other.canonicalByAlias));

    /// <summary>The one name of a model.</summary>
    /// <param name="text">An id, dated id or display name; hostile text is only folded, never interpreted.</param>
    public ModelName Normalise(string? text)
    {
        var rest = (text ?? "").Trim();
        var isAuto = rest.StartsWith("Auto:", StringComparison.OrdinalIgnoreCase);
        if (isAuto)
            rest = rest[5..].Trim();
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
            rest = rest[(slash + 1)..];
        var folded = Fold(rest);
        if (folded.Length == 0)
            return new ModelName(Unknown, isAuto);
        if (canonicalByAlias.TryGetValue(folded, out var canonical))
            return new ModelName(canonical, isAuto);
        var undated = WithoutDate(folded);
        return new ModelName(canonicalByAlias.GetValueOrDefault(undated, undated), isAuto);
    }

    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (letter == '[' && i + 1 < text.Length && text[i + 1] == '^')
            {
                var end = text.IndexOf(']', i);
                if (end < 0)
                    break;
                i = end;
                continue;
            }

            if (letter is '(' or ')')
                continue;
            folded.Append(letter is '.' or '_' or ' ' or '\t' ? '-' : char.ToLowerInvariant(letter));
        }

        return folded.ToString().Trim('-');
    }

    private static string WithoutDate(string folded)
    {
        if (EndsWithDigits(folded, 8) && folded.Length > 9 && folded[^9] == '-')
            return folded[..^9];
        var isDashed = folded.Length > 11
            && folded[^11] == '-' && folded[^6] == '-' && folded[^3] == '-'
            && EndsWithDigits(folded[..^6], 4) && EndsWithDigits(folded[..^3], 2) && EndsWithDigits(folded, 2);
        return isDashed ? folded[..^11] : folded;
    }

    private static bool EndsWithDigits(string text, int count) =>
        text.Length >= count && text.AsSpan(text.Length - count).IndexOfAnyExceptInRange('0', '9') < 0;
}
