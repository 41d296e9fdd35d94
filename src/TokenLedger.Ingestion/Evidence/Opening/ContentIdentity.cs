using System.Security.Cryptography;
using System.Text;

namespace TokenLedger.Ingestion.Evidence.Opening;

/// <summary>What stands for an entry's bytes: the same zip and name give the same bytes.</summary>
internal static class ContentIdentity
{
    /// <summary>SHA-256 over the zip's hash and the entry's name, in lower-case hexadecimal.</summary>
    public static string OfEntry(string zipSha256, string entryName) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{zipSha256}\n{entryName}")));
}
