using System.Collections.Frozen;
using System.Text;

namespace TokenLedger.Application.Artifacts;

/// <summary>Enumeration values as artifacts spell them: lower case with hyphens.</summary>
public static class WireNames
{
    /// <summary><c>RunsWithoutTelemetry</c> as <c>runs-without-telemetry</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => Spelled<T>.Names.TryGetValue(value, out var name) ? name : Spell(value.ToString());

    private static string Spell(string name)
    {
        var spelled = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(name[i]))
                spelled.Append('-');
            spelled.Append(char.ToLowerInvariant(name[i]));
        }

        return spelled.ToString();
    }

    // An artifact has a million of them.
    private static class Spelled<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> Names =
            Enum.GetValues<T>().Distinct().ToFrozenDictionary(value => value, value => Spell(value.ToString()));
    }
}
