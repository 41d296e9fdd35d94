using System.CommandLine;
using TokenLedger.Application.Registration;
using TokenLedger.Cli.Registration;

namespace TokenLedger.Cli.Commands;

/// <summary>The options of <c>app create</c>, and what they come to.</summary>
internal sealed class AppCreateOptions
{
    private const string WebhookPath = "/api/github/webhooks";
    private const string DefaultKeyFile = "tokenledger-app.pem";
    private const string DefaultEnvironmentFile = "tokenledger-app.env";
    private const int PortMax = 65_535;

    private readonly Option<string?> organization =
        CommonOptions.Text("--org", "ORG", "The organisation that the App will belong to.");
    private readonly Option<bool> user = new("--user") { Description = "Or: it will belong to whoever is signed in." };
    private readonly Option<string?> webhookUrl = CommonOptions.Text(
        "--webhook-url", "URL",
        $"Where GitHub reaches the service, over https; {WebhookPath} is added to a bare host.");
    private readonly Option<string?> name =
        CommonOptions.Text("--name", "NAME", "The App's name, up to 34 letters; GitHub's page lets you change it.");
    private readonly Option<string?> keyFile =
        CommonOptions.Text("--key-file", "FILE", $"Where the private key goes (default: {DefaultKeyFile}).");
    private readonly Option<string?> secretFile =
        CommonOptions.Text("--secret-file", "FILE", "Where the webhook secret goes, alone in a file.");
    private readonly Option<string?> environmentFile = CommonOptions.Text(
        "--env-file", "FILE",
        "Where the settings go, the webhook secret among them (default without --secret-file: "
        + $"{DefaultEnvironmentFile}).");
    private readonly Option<string?> manifest = CommonOptions.Text(
        "--manifest", "FILE", "Only write the manifest, and tell how to make the App by hand.");
    private readonly Option<bool> reports = new("--reports")
    {
        Description = "Also ask for Issues: write and Pull requests: write, which only reports need.",
    };

    private readonly Option<bool> outcomes = new("--outcomes")
    {
        Description = "Also ask to be told what becomes of pull requests and issues, and to read them.",
    };

    private readonly Option<bool> noBrowser = new("--no-browser") { Description = "Open no browser." };
    private readonly Option<string?> githubUrl = CommonOptions.Text(
        "--github-url", "URL", "GitHub's pages (default: those of TokenLedger:GitHub:ApiUrl, https://github.com).");
    private readonly Option<long?> port =
        CommonOptions.Number("--port", "PORT", "The port of the page on 127.0.0.1 (default: any free one).");
    private readonly Option<long?> timeOut =
        CommonOptions.Number("--timeout", "MINUTES", "How long to wait for the browser (default: 60).");

    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
        {
            organization, user, webhookUrl, name, keyFile, secretFile, environmentFile, manifest, reports, outcomes,
            noBrowser, githubUrl, port, timeOut,
        })
            command.Add(option);
    }

    /// <exception cref="CommandFailedException">Options contradict each other, or a value cannot be used.</exception>
    public AppOrder Read(CommandContext context)
    {
        var parse = context.Parse;
        var owner = parse.GetValue(organization)?.Trim();
        if (owner is null != parse.GetValue(user))
            throw CommandFailedException.WrongUsage("name one owner: --org ORG, or --user.");
        if (owner is not null && !IsLogin(owner))
            throw CommandFailedException.WrongUsage($"--org: '{owner}' is no name of an organisation.");
        var webhook = WebhookOf(parse.GetValue(webhookUrl));
        var secretPath = parse.GetValue(secretFile);
        var environmentPath = parse.GetValue(environmentFile)
            ?? (secretPath is null ? DefaultEnvironmentFile : null);
        var keyPath = parse.GetValue(keyFile) ?? DefaultKeyFile;
        if (environmentPath is not null && !AppFiles.IsQuotable(Path.GetFullPath(keyPath)))
            throw CommandFailedException.WrongUsage("--key-file has a quote or line end in its path: name another.");
        var manifestPath = parse.GetValue(manifest);
        var stored = parse.GetValue(keyFile) ?? secretPath ?? parse.GetValue(environmentFile);
        if (manifestPath is not null && stored is not null)
            throw CommandFailedException.WrongUsage(
                "--manifest makes no App, so there is no key or secret to be stored: leave the other files out.");
        return new AppOrder(
            GitHubSite.Of(GitHubOf(parse.GetValue(githubUrl)), context.Configuration.GitHub.ApiUrl),
            owner,
            new AppManifest
            {
                Name = NameOf(parse.GetValue(name), owner ?? webhook.Host.Split('.')[0]),
                HomepageUrl = new Uri(webhook, "/"),
                WebhookUrl = webhook,
                WritesReports = parse.GetValue(reports),
                FollowsOutcomes = parse.GetValue(outcomes),
            })
        {
            ManifestPath = manifestPath,
            KeyPath = keyPath,
            SecretPath = secretPath,
            EnvironmentPath = environmentPath,
            Port = PortOf(parse.GetValue(port)),
            TimeOut = AppCreateCommand.TimeOutOf(parse.GetValue(timeOut)),
            OpensBrowser = !parse.GetValue(noBrowser),
        };
    }

    // GitHub calls from outside, and refuses to show what it sent over a plain connection.
    private static Uri WebhookOf(string? text)
    {
        if (text is null)
            throw CommandFailedException.WrongUsage("--webhook-url is needed: where GitHub reaches the service.");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url is not { Scheme: "https", UserInfo: "", Fragment: "", IsLoopback: false })
            throw CommandFailedException.WrongUsage(
                $"--webhook-url: '{text}' is no https address that GitHub can reach.");
        return url.PathAndQuery is "/" ? new Uri(url, WebhookPath) : url;
    }

    private static Uri? GitHubOf(string? text)
    {
        if (text is null)
            return null;
        return Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var url)
            && url is { Scheme: "https" } or { Scheme: "http", IsLoopback: true }
            && url is { UserInfo: "", Query: "", Fragment: "" }
                ? url
                : throw CommandFailedException.WrongUsage($"--github-url: '{text}' is no https address of a GitHub.");
    }

    private static string NameOf(string? text, string owner)
    {
        var wanted = text?.Trim() ?? $"TokenLedger {owner}";
        if (text is null && wanted.Length > AppManifest.NameLengthMax)
            wanted = wanted[..AppManifest.NameLengthMax].TrimEnd(' ', '-');
        return wanted.Length is > 0 and <= AppManifest.NameLengthMax && !wanted.Any(char.IsControl)
            ? wanted
            : throw CommandFailedException.WrongUsage("--name must have 1 to 34 letters.");
    }

    private static int PortOf(long? number) => number switch
    {
        null => 0,
        <= PortMax => (int)number.Value,
        _ => throw CommandFailedException.WrongUsage("--port must be from 1 to 65535."),
    };

    // GitHub's rule for logins, and the underscore of managed users.
    private static bool IsLogin(string text) =>
        text.Length is > 0 and <= 100 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
