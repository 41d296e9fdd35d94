using System.Globalization;
using Microsoft.Extensions.Configuration;
using TokenLedger.Application.Configuration;

namespace TokenLedger.Hosting.Configuration;

/// <summary>Values of a section; a bad one becomes a problem, which never shows a secret.</summary>
internal static class SectionValues
{
    /// <summary>The texts of a list.</summary>
    public static IReadOnlyList<string> Texts(IConfigurationSection section) =>
        [.. section.GetChildren().Select(child => child.Value).OfType<string>()];

    /// <summary>One of an enumeration's names, in any case; the usual one where nothing is said.</summary>
    public static T Choice<T>(IConfigurationSection section, string key, T usual, List<string> problems)
        where T : struct, Enum
    {
        if (section[key] is not { } text)
            return usual;
        if (IsChoice<T>(text))
            return Enum.Parse<T>(text, ignoreCase: true);
        problems.Add(
            $"{section.Path}:{key} must be {string.Join(" or ", Enum.GetNames<T>()).ToLowerInvariant()}");
        return usual;
    }

    /// <summary>Whether a text is one of an enumeration's names.</summary>
    public static bool IsChoice<T>(string text)
        where T : struct, Enum =>
        Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase);

    /// <summary>A whole number of seconds from 0.</summary>
    public static TimeSpan? Seconds(
        IConfigurationSection section, string key, int maximum, List<string> problems)
    {
        if (section[key] is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= maximum)
            return TimeSpan.FromSeconds(seconds);
        problems.Add(string.Create(
            CultureInfo.InvariantCulture, $"{section.Path}:{key} must be a number of seconds from 0 to {maximum}"));
        return null;
    }

    /// <summary>A UTC day.</summary>
    public static DateOnly? Day(IConfigurationSection section, string key, List<string> problems)
    {
        if (section[key] is not { } text)
            return null;
        if (DateOnly.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        problems.Add($"{section.Path}:{key} must be a day such as 2026-09-01");
        return null;
    }

    /// <summary>An address over TLS or of this machine; it ends in a slash, so that paths are joined to it.</summary>
    public static Uri? Url(IConfigurationSection section, string key, List<string> problems)
    {
        if (section[key] is not { } text)
            return null;
        // User information would be a secret where addresses are shown.
        var isSound = Uri.TryCreate(text.Trim().TrimEnd('/') + "/", UriKind.Absolute, out var url)
            && url is { Scheme: "https" } or { Scheme: "http", IsLoopback: true }
            && url is { UserInfo: "", Query: "", Fragment: "" };
        if (isSound)
            return url;
        problems.Add($"{section.Path}:{key} must be an https address without user, query and fragment "
            + "(http only for this machine)");
        return null;
    }

    /// <summary>A secret that may have lines, such as a key.</summary>
    public static Secret? Secret(IConfigurationSection section, string key, List<string> problems)
    {
        if (section[key] is not { } text)
            return null;
        if (!string.IsNullOrWhiteSpace(text))
            return new Secret(text.Trim());
        problems.Add($"{section.Path}:{key} is empty");
        return null;
    }

    /// <summary>A token, which travels in a header: one line of visible ASCII.</summary>
    public static Secret? Token(IConfigurationSection section, string key, List<string> problems)
    {
        if (Secret(section, key, problems) is not { } token)
            return null;
        if (token.Reveal().All(letter => letter is > ' ' and < '\u007f'))
            return token;
        problems.Add($"{section.Path}:{key} is no token: it holds a space, a line end or a letter that is not ASCII");
        return null;
    }
}
