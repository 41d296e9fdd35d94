using System.Globalization;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Diagnosis;

/// <summary>The App: whether GitHub knows it, where it is installed, what it may do, and what it was sent.</summary>
public sealed class GitHubAppCheck(IProviderProbe probe, LedgerConfiguration configuration) : ICheck
{
    private const string NotAccepted = "TL1021";
    private const string InstalledNowhere = "TL1022";
    private const string Suspended = "TL1023";
    private const string AppLacksPermission = "TL1024";
    private const string PermissionNotGranted = "TL1025";
    private const string NotInstalledThere = "TL1026";
    private const string EventMissing = "TL1027";
    private const string HookWrong = "TL1028";
    private const string DeliveriesLost = "TL1029";
    private const string NoInstallationToken = "TL1030";

    private const string RunEvent = "workflow_run";

    /// <summary>The repository permissions that collecting needs, and nothing beside.</summary>
    public static readonly IReadOnlyList<string> NeededPermissions = ["actions", "metadata"];

    /// <inheritdoc/>
    public string Name => "GitHub App";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellation)
    {
        if (configuration.GitHub is not { AppId: { } id, PrivateKey: not null })
        {
            return
            [
                CheckResult.Skipped(
                    Name, "App", "No App is configured: runs come from uploads, the inbox or a token.",
                    "To have artifacts collected by themselves: 'tokenledger app create --org ORG --webhook-url URL'."),
            ];
        }

        var subject = string.Create(CultureInfo.InvariantCulture, $"App {id}");
        var app = await probe.ProbeAppAsync(cancellation);
        return app.Answer.IsAnswered
            ? [.. OfApp(subject, app), .. OfInstallations(app), .. OfWebhook(app)]
            : [ProbeTrouble.Of(Name, subject, app.Answer) ?? Refused(subject, app.Answer)];
    }

    private CheckResult Refused(string subject, ProbeAnswer answer) => CheckResult.Problem(
        Name, subject, NotAccepted, ProbeTrouble.SeenOf(answer),
        "Set TokenLedger:GitHub:AppId and :PrivateKey to the id and a key of one and the same App, and check this "
        + "machine's clock: a token of the App lasts for minutes.");

    private IEnumerable<CheckResult> OfApp(string subject, AppProbe app)
    {
        yield return CheckResult.Ok(Name, subject, $"GitHub knows it as {app.Name ?? app.Slug ?? "an App"}.");
        foreach (var permission in NeededPermissions.Where(permission => !app.Permissions.ContainsKey(permission)))
        {
            yield return CheckResult.Problem(
                Name, subject, AppLacksPermission, $"The App does not ask for {Shown(permission)}: read.",
                "In the App's settings, Permissions & events, set it; then the organisation accepts the change.");
        }

        if (app.Events is { } events && !events.Contains(RunEvent, StringComparer.Ordinal))
        {
            yield return CheckResult.Problem(
                Name, subject, EventMissing, "The App is not sent Workflow runs.",
                "In the App's settings, Permissions & events, subscribe to the event Workflow run.");
        }
    }

    private IEnumerable<CheckResult> OfInstallations(AppProbe app)
    {
        if (app.InstallationsAnswer is { IsAnswered: false } refused)
        {
            yield return ProbeTrouble.Of(Name, "installations", refused) ?? Refused("installations", refused);
            yield break;
        }

        if (app.Installations.Count == 0)
        {
            yield return CheckResult.Problem(
                Name, "installations", InstalledNowhere, "The App is installed nowhere: it sees no run.",
                $"Install it: {InstallUrl(app)}.");
            yield break;
        }

        foreach (var result in app.Installations.SelectMany(installation => OfInstallation(app, installation)))
            yield return result;
        foreach (var organization in PayingOrganizations().Where(organization => !app.Installations.Any(
            item => string.Equals(item.Account, organization, StringComparison.OrdinalIgnoreCase))))
        {
            yield return CheckResult.Warning(
                Name, organization, NotInstalledThere,
                "A source pays for this organisation, and the App is not installed there: its runs are not collected.",
                $"Install it there: {InstallUrl(app)}.");
        }
    }

    private IEnumerable<CheckResult> OfInstallation(AppProbe app, InstallationProbe installation)
    {
        var subject = $"installation on {installation.Account}";
        if (installation.IsSuspended)
        {
            yield return CheckResult.Problem(
                Name, subject, Suspended, "It is suspended: GitHub gives no token for it and sends nothing.",
                $"An owner of {installation.Account} ends the suspension: Settings › GitHub Apps › Configure.");
            yield break;
        }

        var missing = NeededPermissions.Where(permission => !installation.Permissions.ContainsKey(permission)).ToList();
        foreach (var permission in missing.Where(app.Permissions.ContainsKey))
        {
            yield return CheckResult.Problem(
                Name, subject, PermissionNotGranted, $"{Shown(permission)}: read was asked for and not accepted.",
                $"An owner of {installation.Account} accepts it: Settings › GitHub Apps › Review request.");
        }

        if (installation.Token is { IsAnswered: false } refused && missing.Count == 0)
        {
            yield return ProbeTrouble.Of(Name, subject, refused) ?? CheckResult.Problem(
                Name, subject, NoInstallationToken, ProbeTrouble.SeenOf(refused),
                "Look at the installation's permissions.");
        }
        else if (missing.Count == 0)
        {
            var reach = installation.IsSelective ? "selected repositories only" : "all repositories";
            yield return CheckResult.Ok(Name, subject, $"Actions: read, Metadata: read; {reach}.");
        }
    }

    private IEnumerable<CheckResult> OfWebhook(AppProbe app)
    {
        const string subject = "webhook";
        if (app.Hook is { } hook)
        {
            yield return hook switch
            {
                { Url: null } => CheckResult.Problem(
                    Name, subject, HookWrong, "The App has no webhook address: GitHub tells of no run.",
                    "In the App's settings, General › Webhook, make it active and set the service's address "
                    + "/api/github/webhooks."),
                { IsJson: false } => CheckResult.Problem(
                    Name, subject, HookWrong, $"{hook.Url} is sent forms, which are not read.",
                    "In the App's settings, General › Webhook, choose the content type application/json."),
                { IsUnverified: true } => CheckResult.Warning(
                    Name, subject, HookWrong, $"GitHub does not check the certificate of {hook.Url}.",
                    "In the App's settings, General › Webhook, enable SSL verification."),
                _ => CheckResult.Ok(Name, subject, $"GitHub delivers to {hook.Url}."),
            };
        }

        if (app.Deliveries is { Lost: > 0 } deliveries)
        {
            var seen = string.Create(
                CultureInfo.InvariantCulture,
                $"Of the newest {deliveries.Count}, {deliveries.Lost} failed; the last with {deliveries.LastStatus}.");
            yield return CheckResult.Warning(
                Name, "deliveries", DeliveriesLost, seen,
                "401: the secrets differ, set WebhookSecrets:0 to the App's. Else see that the address answers. Then "
                + "deliver again in the App's settings, Advanced; GitHub keeps deliveries for three days.");
        }
        else if (app.Deliveries is { } fine)
        {
            yield return CheckResult.Ok(Name, "deliveries", string.Create(
                CultureInfo.InvariantCulture, $"Of the newest {fine.Count}, none is lost."));
        }
    }

    private IEnumerable<string> PayingOrganizations() => configuration.Sources
        .Where(source => string.Equals(source.Kind, BillingAccount.GitHub, StringComparison.Ordinal))
        .SelectMany(source => source.Organization is { } own
            ? source.PaysOrganizations.Prepend(own)
            : source.PaysOrganizations)
        .Distinct(StringComparer.OrdinalIgnoreCase);

    private static string InstallUrl(AppProbe app) => app.Slug is { } slug
        ? $"https://github.com/apps/{slug}/installations/new"
        : "the App's settings › Install App";

    private static string Shown(string permission) =>
        permission.Length == 0 ? permission : char.ToUpperInvariant(permission[0]) + permission[1..];
}
