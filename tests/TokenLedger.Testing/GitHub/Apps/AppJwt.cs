using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TokenLedger.Testing.GitHub.Apps;

/// <summary>Checks the token that an App proves itself with as GitHub documents it (2026-10).</summary>
internal static class AppJwt
{
    private const string Undecodable = "A JSON web token could not be decoded";

    private static readonly TimeSpan LastsMost = TimeSpan.FromMinutes(10);

    /// <summary>What is wrong with it; null when it is good.</summary>
    public static string? Fault(string token, FakeApp app, DateTimeOffset now)
    {
        try
        {
            if (token.Split('.') is not [var header, var claims, var signature]
                || Part(header)["alg"]?.GetValue<string>() is not "RS256"
                || !app.Verify(Encoding.ASCII.GetBytes($"{header}.{claims}"), Base64Url.DecodeFromChars(signature)))
                return Undecodable;
            return ClaimFault(Part(claims), app, now);
        }
        catch (Exception fault) when (fault is FormatException or JsonException or InvalidOperationException)
        {
            return Undecodable;
        }
    }

    private static string? ClaimFault(JsonNode claims, FakeApp app, DateTimeOffset now)
    {
        var issuer = claims["iss"]?.ToString();
        if (issuer != app.Id.ToString(CultureInfo.InvariantCulture) && issuer != app.ClientId)
            return "Integration must be present";
        if (claims["iat"]?.GetValue<long>() is not { } issued || issued > now.ToUnixTimeSeconds())
        {
            return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
        }

        if (claims["exp"]?.GetValue<long>() is not { } expires || expires <= now.ToUnixTimeSeconds())
        {
            return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which "
                + "the assertion expires";
        }

        return expires > (now + LastsMost).ToUnixTimeSeconds() || expires - issued > LastsMost.TotalSeconds
            ? "'Expiration time' claim ('exp') is too far in the future"
            : null;
    }

    private static JsonNode Part(string text) =>
        JsonNode.Parse(Base64Url.DecodeFromChars(text)) ?? throw new FormatException("It is null.");
}
