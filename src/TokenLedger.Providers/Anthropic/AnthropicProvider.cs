using TokenLedger.Application.Configuration;
using TokenLedger.Providers.Http;

namespace TokenLedger.Providers.Anthropic;

/// <summary>Anthropic's Admin API, as documented 2026-08.</summary>
internal sealed class AnthropicProvider : ICostReportProvider
{
    private const string ApiVersion = "2023-06-01";

    private static readonly Uri PublicApiUrl = new("https://api.anthropic.com/");

    /// <summary>The address of a report of an organisation.</summary>
    public static Uri AddressOf(SourceConfiguration source, string report, string query) => new(
        $"{(source.ApiUrl ?? PublicApiUrl).AbsoluteUri.TrimEnd('/')}/v1/organizations/{report}?{query}");

    public string Name => "Anthropic";

    public string StatusPage => "https://status.anthropic.com";

    public string RightKey(Secret key) =>
        "An administrator makes an Admin API key (sk-ant-admin…) in the Claude Console; keys of a workspace, and "
        + "subscriptions, are not accepted.";

    public void Sign(HttpRequestMessage request, Secret key)
    {
        request.Headers.Add("anthropic-version", ApiVersion);
        // Checked, a key that is no header would stand in the exception's message.
        request.Headers.TryAddWithoutValidation("x-api-key", key.Reveal());
    }
}
