using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using TokenLedger.Application.Configuration;
using TokenLedger.Ingestion;

namespace TokenLedger.Hosting.Configuration;

/// <summary>
/// Reads a GitHub App's private key: the PEM itself, with line ends or with <c>\n</c> for them, or the path of a PEM
/// file.
/// </summary>
internal static class AppPrivateKey
{
    // A key of 4,096 bits has 3,300 bytes.
    private const int BytesMax = 64 * 1024;

    public static Secret? Read(IConfigurationSection section, string key, List<string> problems)
    {
        // An unresolved reference to a vault is told by itself.
        if (SectionValues.Secret(section, key, problems) is not { } given
            || given.Reveal().StartsWith('@'))
            return null;
        var name = $"{section.Path}:{key}";
        var text = given.Reveal();
        var pem = text.StartsWith("-----BEGIN", StringComparison.Ordinal)
            ? text.Replace("\\n", "\n", StringComparison.Ordinal)
            : OfFile(text, name, problems);
        if (pem is null)
            return null;
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            return new Secret(pem);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            problems.Add($"{name} is no RSA private key in PEM: give the file that GitHub made for the App");
            return null;
        }
    }

    // The text may be a key without its first line, so it is not shown.
    private static string? OfFile(string path, string name, List<string> problems)
    {
        try
        {
            if (RegularFile.Is(path) && new FileInfo(path).Length <= BytesMax)
                return File.ReadAllText(path);
        }
        catch (Exception failure) when (
            failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // Told below.
        }

        problems.Add($"{name} is neither a PEM nor the path of a readable PEM file");
        return null;
    }
}
