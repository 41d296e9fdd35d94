using System.Text;

namespace TokenLedger.Application.Artifacts;

/// <summary>Enumeration values as artifacts spell them: lower case with hyphens.</summary>
public static class WireNames
{
    /// <summary><c>RunsWithoutTelemetry</c> as <c>runs-without-telemetry</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        var spelled = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(name[i]))
                spelled.Append('-');
            spelled.Append(char.ToLowerInvariant(name[i]));
        }

        return spelled.ToString();
    }
}
