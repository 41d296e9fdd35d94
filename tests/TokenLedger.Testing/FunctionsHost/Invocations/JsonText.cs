using System.Text;

namespace TokenLedger.Testing.FunctionsHost.Invocations;

/// <summary>A JSON string as the host's serialiser writes it: nothing is escaped that need not be.</summary>
internal static class JsonText
{
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var character in text)
            Append(quoted, character);
        return quoted.Append('"').ToString();
    }

    private static void Append(StringBuilder quoted, char character) => _ = character switch
    {
        '"' => quoted.Append("\\\""),
        '\\' => quoted.Append("\\\\"),
        '\n' => quoted.Append("\\n"),
        '\r' => quoted.Append("\\r"),
        '\t' => quoted.Append("\\t"),
        '\b' => quoted.Append("\\b"),
        '\f' => quoted.Append("\\f"),
        < ' ' or '\u0085' or '\u2028' or '\u2029' => quoted.Append($"\\u{(int)character:x4}"),
        _ => quoted.Append(character),
    };
}
