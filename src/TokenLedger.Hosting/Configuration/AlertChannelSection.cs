using Microsoft.Extensions.Configuration;
using TokenLedger.Application.Configuration;

namespace TokenLedger.Hosting.Configuration;

/// <summary>Reads one of <c>TokenLedger:Alerts:Channels</c>.</summary>
internal static class AlertChannelSection
{
    private const int NameLengthMax = 50;

    // As GitHub bounds it (2026-10).
    private const int LabelLengthMax = 50;

    private static readonly Dictionary<string, AlertChannelKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["github-issue"] = AlertChannelKind.GitHubIssue,
        ["slack"] = AlertChannelKind.Slack,
        ["teams"] = AlertChannelKind.Teams,
        ["log"] = AlertChannelKind.Log,
    };

    public static AlertChannelConfiguration Read(
        IConfigurationSection section, GitHubConfiguration github, List<string> problems)
    {
        var kindName = section["Kind"]?.Trim() ?? "";
        if (!Kinds.TryGetValue(kindName, out var kind))
            problems.Add($"{section.Path}:Kind must be github-issue, slack, teams or log");
        var findings = true;
        if (section["Findings"] is { } text && !bool.TryParse(text, out findings))
            problems.Add($"{section.Path}:Findings must be true or false");
        return new AlertChannelConfiguration
        {
            Name = NameOf(section, kindName, problems),
            Kind = kind,
            Repository = RepositoryOf(section, kind, github, problems),
            Label = LabelOf(section, problems),
            Url = UrlOf(section, kind, problems),
            Budgets = SectionValues.Texts(section.GetSection("Budgets")),
            Findings = findings,
        };
    }

    private static string NameOf(IConfigurationSection section, string kindName, List<string> problems)
    {
        if (section["Name"] is not { } name)
            return kindName.ToLowerInvariant();
        if (name.Length is > 0 and <= NameLengthMax && name.All(letter =>
            char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '-' or '_'))
            return name;
        problems.Add(FormattableString.Invariant(
            $"{section.Path}:Name must be 1 to {NameLengthMax} small letters, digits, '.', '-' and '_'"));
        return name;
    }

    private static string? RepositoryOf(
        IConfigurationSection section, AlertChannelKind kind, GitHubConfiguration github, List<string> problems)
    {
        var repository = section["Repository"];
        if (kind != AlertChannelKind.GitHubIssue)
        {
            if (repository is not null)
                problems.Add($"{section.Path}:Repository is of the kind github-issue alone");
            return null;
        }

        if (github is { AppId: null, Token: null })
        {
            problems.Add($"{section.Path} needs TokenLedger:GitHub:AppId and PrivateKey, or TokenLedger:GitHub:Token, "
                + "with the permission Issues: write");
        }

        if (repository?.Split('/') is [var owner, var name] && IsName(owner) && IsName(name))
            return repository;
        problems.Add($"{section.Path}:Repository must be owner/name");
        return null;
    }

    private static bool IsName(string text) => text.Length is > 0 and <= 100
        && text is not ("." or "..")
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');

    // A comma would make two of it where issues are looked for.
    private static string LabelOf(IConfigurationSection section, List<string> problems)
    {
        if (section["Label"] is not { } label)
            return AlertChannelConfiguration.DefaultLabel;
        if (label.Trim().Length is > 0 and <= LabelLengthMax && !label.Contains(',', StringComparison.Ordinal)
            && !label.Any(char.IsControl))
            return label.Trim();
        problems.Add(FormattableString.Invariant(
            $"{section.Path}:Label must be 1 to {LabelLengthMax} characters without a comma"));
        return AlertChannelConfiguration.DefaultLabel;
    }

    private static Secret? UrlOf(IConfigurationSection section, AlertChannelKind kind, List<string> problems)
    {
        var isWebhook = kind is AlertChannelKind.Slack or AlertChannelKind.Teams;
        if (section["Url"] is null)
        {
            if (isWebhook)
                problems.Add($"{section.Path}:Url is missing: it is the address of the incoming webhook");
            return null;
        }

        if (!isWebhook)
        {
            problems.Add($"{section.Path}:Url is of the kinds slack and teams alone");
            return null;
        }

        if (SectionValues.Secret(section, "Url", problems) is not { } url)
            return null;
        if (Uri.TryCreate(url.Reveal(), UriKind.Absolute, out var address)
            && address is { Scheme: "https" } or { Scheme: "http", IsLoopback: true }
            && address.UserInfo.Length == 0)
            return url;
        problems.Add($"{section.Path}:Url must be an https address (http only for this machine); it is not shown here, "
            + "because it is a secret");
        return null;
    }
}
