using System.Security.Cryptography;
using System.Text;
using TokenLedger.Domain.Alerting;

namespace TokenLedger.Application.Alerts;

/// <summary>What stands for an event where its key is too long or hostile.</summary>
public static class AlertIdentity
{
    // Half of a digest: nobody finds two texts with the same one.
    private const int DigestCharacters = 32;

    private const int IdCharacters = 12;

    /// <summary>The event's key as people type it: 12 hexadecimal digits.</summary>
    public static string Id(this AlertEvent told)
    {
        ArgumentNullException.ThrowIfNull(told);
        return DigestOf(told.Key)[..IdCharacters];
    }

    /// <summary>The event's group as it stands in hidden marks: 32 hexadecimal digits.</summary>
    public static string GroupDigest(this AlertEvent told)
    {
        ArgumentNullException.ThrowIfNull(told);
        return DigestOf(told.Group);
    }

    /// <summary>Stands for hostile text in a key: 32 hexadecimal digits.</summary>
    public static string DigestOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..DigestCharacters];
}
