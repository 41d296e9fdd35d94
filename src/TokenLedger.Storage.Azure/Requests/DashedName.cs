using System.Text.RegularExpressions;

namespace TokenLedger.Storage.Azure.Requests;

/// <summary>The rule for names of containers and queues.</summary>
internal static partial class DashedName
{
    /// <exception cref="ArgumentException">Not 3 to 63 lower-case letters, digits and single inner hyphens.</exception>
    public static void Check(string name, string noun)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!Pattern().IsMatch(name))
            throw new ArgumentException(
                $"A {noun}'s name is 3 to 63 lower-case letters, digits and single hyphens between them.",
                nameof(name));
    }

    [GeneratedRegex("^(?=.{3,63}\\z)[a-z0-9]+(?:-[a-z0-9]+)*\\z", RegexOptions.None, 1000)]
    private static partial Regex Pattern();
}
