using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TokenLedger.Application.Configuration;

namespace TokenLedger.Providers.GitHub;

/// <summary>The token that a GitHub App proves itself with: a JWT signed with RS256.</summary>
/// <remarks>
/// Issued a minute ago, because clocks differ, and valid for less than the ten minutes that GitHub allows (GitHub's
/// documentation of App authentication, 2026-10).
/// </remarks>
internal static class AppToken
{
    private static readonly TimeSpan IssuedAgo = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(9);

    // {"alg":"RS256","typ":"JWT"}
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"RS256","typ":"JWT"}"""u8);

    /// <summary>A token.</summary>
    /// <param name="appId">The App's id.</param>
    /// <param name="privateKey">The App's private key, PEM.</param>
    /// <param name="now">The time, UTC.</param>
    /// <exception cref="CryptographicException">The key is no RSA key.</exception>
    public static Secret Create(long appId, Secret privateKey, DateTimeOffset now)
    {
        using var key = RSA.Create();
        try
        {
            key.ImportFromPem(privateKey.Reveal());
        }
        catch (ArgumentException failure)
        {
            throw new CryptographicException("The private key is no PEM of an RSA key.", failure);
        }

        var (issued, expires) = ((now - IssuedAgo).ToUnixTimeSeconds(), (now + Lasts).ToUnixTimeSeconds());
        var claims = string.Create(
            CultureInfo.InvariantCulture, $$"""{"iat":{{issued}},"exp":{{expires}},"iss":"{{appId}}"}""");
        var signed = $"{Header}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        var signature = key.SignData(
            Encoding.UTF8.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return new Secret($"{signed}.{Base64Url.EncodeToString(signature)}");
    }
}
