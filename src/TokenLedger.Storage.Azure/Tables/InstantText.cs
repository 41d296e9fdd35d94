using System.Globalization;

namespace TokenLedger.Storage.Azure.Tables;

/// <summary>UTC with seven decimals, all of which the service keeps.</summary>
internal static class InstantText
{
    public static string Of(DateTimeOffset value) =>
        value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}
