using System.Security.Cryptography;
using System.Text;

namespace TokenLedger.Storage.Azure.Accounts;

/// <summary>An account's key. It signs and is never shown.</summary>
internal sealed class SharedKey(string accountName, ReadOnlySpan<byte> key)
{
    private readonly byte[] key = key.ToArray();

    public string AccountName { get; } = accountName;

    public string Sign(string stringToSign) =>
        Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(stringToSign)));

    public override string ToString() => $"key of {AccountName}";
}
