using System.Globalization;

namespace TokenLedger.Testing.FunctionsHost.Invocations;

/// <summary>Instants as the host's serialiser writes them: no fraction that is zero.</summary>
internal static class InstantText
{
    /// <summary>With an offset, as of a queue message.</summary>
    public static string WithOffset(DateTimeOffset at) =>
        at.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    /// <summary>UTC with a Z, as of a timer.</summary>
    public static string Utc(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);
}
