using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Registration;
using TokenLedger.Providers.Http;

namespace TokenLedger.Providers.GitHub.Registration;

/// <summary><c>POST /app-manifests/{code}/conversions</c> (GitHub's REST documentation, 2026-10).</summary>
/// <remarks>No message names the address: the code in it is worth the App's key.</remarks>
public sealed class GitHubAppRegistrar(GitHubConnection github, Uri apiUrl) : IAppRegistrar
{
    // A key of 4,096 bits and what surrounds it are below 16 KiB.
    private const int AnswerBytesMax = 256 * 1024;

    private const string WhatNow =
        "If GitHub shows the App among the settings, delete it there, and run this again.";

    /// <inheritdoc/>
    public async Task<ProviderAnswer<RegisteredApp>> ExchangeAsync(string code, CancellationToken cancellation)
    {
        using var timeOut = new CancellationTokenSource(github.Options.TimeOut, github.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeOut.Token, cancellation);
        try
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Post, GitHubAddress.Of(apiUrl, "app-manifests", code, "conversions"));
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/vnd.github+json"));
            request.Headers.UserAgent.ParseAdd("tokenledger");
            using var response = await github.Client.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (!response.IsSuccessStatusCode)
                return Refused((int)response.StatusCode);
            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            var (body, isWhole) = await BoundedBody.ReadAsync(stream, AnswerBytesMax, either.Token);
            return (isWhole ? Read(body) : null) is { } app
                ? app
                : Of(ProviderRefusal.Malformed, $"The answer holds no App: is {apiUrl.Authority} GitHub's API?");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Of(ProviderRefusal.Unavailable, $"{apiUrl.Authority} did not answer in time.");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return Of(ProviderRefusal.Unavailable, $"{apiUrl.Authority} cannot be reached, or ended the connection.");
        }
    }

    private static ProviderRefusal Refused(int status) => status switch
    {
        404 => Of(
            ProviderRefusal.NotFound,
            "GitHub does not know the code (404): it was used already, or is older than an hour."),
        _ => Of(
            ProviderRefusal.Rejected,
            string.Create(CultureInfo.InvariantCulture, $"GitHub did not hand out the App's key ({status}).")),
    };

    private static ProviderRefusal Of(string code, string message) => new(code, $"{message} {WhatNow}", null);

    private static RegisteredApp? Read(ReadOnlyMemory<byte> body)
    {
        using var answer = GitHubJson.Parse(body);
        return answer?.RootElement is { ValueKind: JsonValueKind.Object } root
            && root.TryGetProperty("id"u8, out var id) && id.TryGetInt64(out var number) && number > 0
            && Text(root, "pem"u8) is { } pem
            && pem.StartsWith("-----BEGIN", StringComparison.Ordinal)
            && Text(root, "slug"u8) is { } slug
                ? new RegisteredApp(
                    number, Text(root, "name"u8) ?? slug, slug, new Secret(pem),
                    Text(root, "webhook_secret"u8) is { } secret ? new Secret(secret) : null)
                : null;
    }

    private static string? Text(JsonElement root, ReadOnlySpan<byte> name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text)
                ? text
                : null;
}
