using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using TokenLedger.Application.Configuration;
using TokenLedger.Hosting.Endpoints;

namespace TokenLedger.Hosting.Serving;

/// <summary>Lets callers with the key through; without a key, callers that name this machine.</summary>
/// <remarks>
/// The header is the one of Azure Functions, so that a client needs not know which of the two it asks. The key is never
/// taken from the address: addresses are logged.
/// </remarks>
internal sealed class ApiKeyCheck(Secret? key)
{
    public const string HeaderName = "x-functions-key";

    private readonly byte[]? expected = key is null ? null : Hash(key.Reveal());

    public RequestDelegate Require(RequestDelegate inner) => context =>
    {
        if (expected is null)
        {
            // A page of another site may send its visitor's browser here under a name of its own.
            return IsLoopbackName(context.Request.Host.Host)
                ? inner(context)
                : Problem.Of(
                    StatusCodes.Status403Forbidden, "host", "Only this machine may ask",
                    "The service listens on loopback without a key: ask for localhost, or configure a key.")
                    .WriteAsync(context);
        }

        var given = context.Request.Headers[HeaderName].ToString();
        return CryptographicOperations.FixedTimeEquals(Hash(given), expected)
            ? inner(context)
            : Problem.Of(
                StatusCodes.Status401Unauthorized, "key", "A key is needed",
                $"Send the service's key in the header {HeaderName}.").WriteAsync(context);
    };

    private static bool IsLoopbackName(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (System.Net.IPAddress.TryParse(host.Trim('[', ']'), out var address)
            && System.Net.IPAddress.IsLoopback(address));

    // Equal lengths, so that the comparison takes the same time for every wrong key.
    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
