using System.Globalization;
using TokenLedger.Application.Registration;
using TokenLedger.Application.Reports;
using TokenLedger.Hosting.Registration;

namespace TokenLedger.Cli.Registration;

/// <summary>What <c>app create</c> tells: of the App, and what to do next. No secret.</summary>
internal static class AppTables
{
    public const string Schema = "tokenledger/app/v1";

    private static readonly Column[] Columns =
    [
        new("appId", "App id"), new("name", "Name"), new("slug", "Slug", Priority: 2),
        new("url", "Link", Priority: 1), new("keyFile", "Key", Priority: 3),
        new("secretFile", "Webhook secret", Priority: 4), new("envFile", "Settings", Priority: 4),
    ];

    /// <summary>The App that was made.</summary>
    public static Table Of(AppOrder order, RegisteredApp app, AppFiles files)
    {
        var id = app.Id.ToString(CultureInfo.InvariantCulture);
        var install = order.Site.InstallUrl(app.Slug).AbsoluteUri;
        var notes = new List<string>
        {
            $"The private key is in {files.KeyFile}; only you may read it. Next:",
            $"1. Install the App: {install}",
        };
        if (files.EnvironmentFile is { } environment)
            notes.Add($"2. On this machine: set -a; . {environment}; set +a; tokenledger doctor");
        notes.Add("On Azure:");
        notes.Add(InVault("github-app-private-key", files.KeyFile));
        notes.Add(
            files.SecretFile is { } secret ? InVault("github-webhook-secret", secret)
            : files.EnvironmentFile is { } holding
                ? $"put the webhook secret of {holding} into the vault as github-webhook-secret (--secret-file writes "
                    + "a file for that)"
                : "put the App's webhook secret into the vault as github-webhook-secret");
        notes.Add($"azd env set GITHUB_APP_ID {id}");
        notes.Add("azd provision");
        if (app.WebhookSecret is null)
            notes.Add("GitHub made no webhook secret: set one in the App's settings, and as WebhookSecrets:0.");
        return new Table(
            $"The GitHub App {app.Name} is there.", Columns,
            [[id, app.Name, app.Slug, install, files.KeyFile, files.SecretFile, files.EnvironmentFile]],
            Notes: notes);
    }

    /// <summary>How the App is made by hand: for programs, and for people, who would see dashes in a row.</summary>
    public static (Table Flat, Table Shown) ForThoseWhoClick(AppOrder order)
    {
        var form = order.Site.FilledFormUrl(order.Manifest, order.Organization).AbsoluteUri;
        var flat = new Table(
            $"The manifest of {order.Manifest.Name} is in {order.ManifestPath}. GitHub takes no file; to make the same "
                + "App by hand:",
            Columns,
            [
                [
                    Cell.Unknown, order.Manifest.Name, Cell.Unknown, form, Cell.Unknown, Cell.Unknown, Cell.Unknown,
                ],
            ],
            Notes:
            [
                "1. Open this link, which fills the form in:", form,
                "2. Webhook secret: a long random text, such as of 'openssl rand -hex 32'. Then Create GitHub App.",
                "3. General › Private keys › Generate a private key; keep the file where only the service may read it.",
                "4. Install App › the organisation, all repositories or those with agents.",
                "5. TokenLedger__GitHub__AppId, __PrivateKey (the file's path) and __WebhookSecrets__0; then "
                    + "'tokenledger doctor'.",
            ]);
        return (flat, flat with { Columns = [], Rows = [] });
    }

    /// <summary>What the local page tells.</summary>
    public static RegistrationText PageOf(AppOrder order, AppFiles files) => new(
        order.Manifest.Name,
        order.Organization ?? "your own account",
        [
            ("It may", string.Join(", ", order.Manifest.Permissions.Select(
                permission => $"{permission.Name}: {permission.Level}")) + "; nothing else"),
            ("It is told of", string.Join(", ", order.Manifest.Events)),
            ("Its webhook", order.Manifest.WebhookUrl.AbsoluteUri),
            ("Its private key goes to", files.KeyFile),
            ("Its webhook secret goes to", string.Join(
                ", ", new[] { files.SecretFile, files.EnvironmentFile }.OfType<string>())),
        ]);

    private static string InVault(string name, string file) =>
        $"az keyvault secret set --vault-name \"$(azd env get-value KEY_VAULT_NAME)\" --name {name} --file {file}";
}
