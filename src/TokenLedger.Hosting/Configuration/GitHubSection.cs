using System.Globalization;
using Microsoft.Extensions.Configuration;
using TokenLedger.Application.Configuration;
using TokenLedger.Ingestion.Webhooks;

namespace TokenLedger.Hosting.Configuration;

/// <summary>Reads <c>TokenLedger:GitHub</c>.</summary>
internal static class GitHubSection
{
    public static GitHubConfiguration Read(IConfigurationSection section, List<string> problems)
    {
        var secrets = section.GetSection("WebhookSecrets");
        if (secrets.GetChildren().Count() > WebhookSignature.SecretsMax)
            problems.Add(FormattableString.Invariant(
                $"{secrets.Path} are over {WebhookSignature.SecretsMax}: leave out the old ones"));
        var appId = AppId(section, problems);
        var privateKey = AppPrivateKey.Read(section, "PrivateKey", problems);
        if (section["AppId"] is null != section["PrivateKey"] is null)
            problems.Add($"{section.Path}:AppId and {section.Path}:PrivateKey go together: a GitHub App needs both");
        return new GitHubConfiguration
        {
            ApiUrl = SectionValues.Url(section, "ApiUrl", problems) ?? GitHubConfiguration.PublicApiUrl,
            Token = SectionValues.Token(section, "Token", problems),
            WebhookSecrets =
            [
                .. secrets.GetChildren()
                    .Select(child => SectionValues.Secret(secrets, child.Key, problems))
                    .OfType<Secret>(),
            ],
            AppId = appId,
            PrivateKey = privateKey,
        };
    }

    private static long? AppId(IConfigurationSection section, List<string> problems)
    {
        if (section["AppId"] is not { } text)
            return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0)
            return id;
        problems.Add($"{section.Path}:AppId must be the App's number");
        return null;
    }
}
