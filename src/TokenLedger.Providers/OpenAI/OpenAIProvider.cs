using TokenLedger.Application.Configuration;
using TokenLedger.Providers.Http;

namespace TokenLedger.Providers.OpenAI;

/// <summary>OpenAI's administration API, as documented 2026-08.</summary>
internal sealed class OpenAIProvider : ICostReportProvider
{
    private static readonly (string Prefix, string Kind)[] OtherKeys =
    [
        ("sk-proj-", "The key begins like one of a project (sk-proj-…). "),
        ("sk-svcacct-", "The key begins like one of a service account (sk-svcacct-…). "),
        ("sk-ant-", "The key begins like one of Anthropic (sk-ant-…). "),
    ];

    private static readonly Uri PublicApiUrl = new("https://api.openai.com/");

    public string Name => "OpenAI";

    public string StatusPage => "https://status.openai.com";

    /// <summary>The address of a report of an organisation.</summary>
    public static Uri AddressOf(SourceConfiguration source, string report, string query) => new(
        $"{(source.ApiUrl ?? PublicApiUrl).AbsoluteUri.TrimEnd('/')}/v1/organization/{report}?{query}");

    /// <summary>When a UTC day begins, in Unix seconds.</summary>
    public static long SecondsOf(DateOnly day) =>
        new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeSeconds();

    public string RightKey(Secret key)
    {
        // First letters tell the kind, and nothing of the key itself.
        var kind = Array.Find(
            OtherKeys, other => key.Reveal().StartsWith(other.Prefix, StringComparison.OrdinalIgnoreCase)).Kind;
        return $"{kind}An owner of the organisation makes an admin key (sk-admin-…) at "
            + "https://platform.openai.com/settings/organization/admin-keys; keys of a project or service account, and "
            + "ChatGPT plans, are not accepted.";
    }

    // Checked, a key that is no header would stand in the exception's message.
    public void Sign(HttpRequestMessage request, Secret key) =>
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key.Reveal()}");
}
