using System.Security.Cryptography;
using System.Text.RegularExpressions;
using TokenLedger.Application.Configuration;
using TokenLedger.Hosting.Configuration;
using TokenLedger.Infra.Tests.Planning;

namespace TokenLedger.Infra.Tests;

/// <summary>The app's settings are ones that the program starts with.</summary>
public sealed partial class SettingsAgreementTests(Plans plans)
{
    // The plan refuses a deployment with any of them, or ignores it (Flex Consumption documentation, 2026-11).
    private static readonly string[] NeverOnFlex =
    [
        "FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_EXTENSION_VERSION", "WEBSITE_RUN_FROM_PACKAGE", "WEBSITE_CONTENT",
        "SCM_DO_BUILD", "TZ", "WEBSITE_TIME_ZONE", "AzureWebJobsDashboard",
    ];

    [Fact]
    public async Task The_least_configuration_starts_the_program()
    {
        var configuration = Read(await plans.LeastAsync());
        Assert.Equal(StorageKind.Azure, configuration.Storage);
        Assert.Single(configuration.GitHub.WebhookSecrets);
        Assert.Empty(configuration.Sources);
        Assert.Null(configuration.GitHub.AppId);
        Assert.Null(configuration.GitHub.PrivateKey);
        Assert.Null(configuration.GitHub.Token);
    }

    [Fact]
    public async Task Every_parameter_of_the_service_reaches_the_program()
    {
        var configuration = Read(await plans.EverythingAsync());
        Assert.Equal(77, configuration.GitHub.AppId);
        Assert.NotNull(configuration.GitHub.PrivateKey);
        Assert.NotNull(configuration.GitHub.Token);
        Assert.Equal([".github/workflows/agent-*.yml"], configuration.WorkflowsInclude);
        Assert.Equal(["acme", "acme-labs"], configuration.Sources.Select(source => source.Organization));
        Assert.Equal("acme-group", configuration.Sources[0].Enterprise);
        Assert.All(configuration.Sources, source => Assert.NotNull(source.Token));
    }

    [Fact]
    public async Task The_ledger_and_the_triggers_share_the_account_that_is_made()
    {
        var plan = await plans.LeastAsync();
        var account = plan.Single("Microsoft.Storage/storageAccounts").Name;
        Assert.Equal(account, Read(plan).Azure.AccountName);
        Assert.Equal(account, plan.AppSettings["AzureWebJobsStorage__accountName"]);
    }

    [Fact]
    public async Task A_reference_to_the_vault_that_is_not_resolved_stops_the_start()
    {
        var settings = (await plans.LeastAsync()).AppSettings.ToDictionary(StringComparer.Ordinal);
        settings["TokenLedger__GitHub__WebhookSecrets__0"] =
            "@Microsoft.KeyVault(SecretUri=https://kv.example/secrets/github-webhook-secret)";
        var failure = Assert.Throws<InvalidConfigurationException>(() => ConfigurationReader.Read(null, settings));
        Assert.Contains("TokenLedger:GitHub:WebhookSecrets:0", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_are_references_to_the_vault_and_never_values()
    {
        var settings = (await plans.EverythingAsync()).AppSettings;
        Assert.All(
            settings.Where(setting => setting.Key.StartsWith("TokenLedger__", StringComparison.Ordinal)
                && SecretName().IsMatch(setting.Key)),
            setting => Assert.Contains("@Microsoft.KeyVault(SecretUri=", setting.Value, StringComparison.Ordinal));
        Assert.DoesNotContain(
            settings, setting => setting.Value.Contains("a long random text", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_secrets_referred_to_have_the_names_that_the_documentation_has_them_put_under()
    {
        var guide = Repository.Read("docs/deploy.md");
        var references = (await plans.EverythingAsync()).AppSettings.Values
            .Where(value => value.Contains("@Microsoft.KeyVault(", StringComparison.Ordinal))
            .Select(value => QuotedLast().Match(value).Groups[1].Value)
            .Where(name => name != "labs-token");
        Assert.All(references, name => Assert.Contains(name, guide, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_setting_is_there_that_the_plan_does_not_bear() => Assert.DoesNotContain(
        (await plans.EverythingAsync()).AppSettings.Keys,
        key => NeverOnFlex.Any(never => key.StartsWith(never, StringComparison.OrdinalIgnoreCase)));

    [Fact]
    public async Task The_runtime_is_custom_and_the_identity_opens_everything()
    {
        var plan = await plans.LeastAsync();
        var runtime = plan.App.At("functionAppConfig", "runtime");
        Assert.Equal("custom", runtime.GetProperty("name").GetString());
        Assert.Equal("1.0", runtime.GetProperty("version").GetString());
        Assert.Equal("UserAssigned", plan.App.Json.GetProperty("identity").GetProperty("type").GetString());
        Assert.Equal(
            "UserAssignedIdentity",
            plan.App.TextAt("functionAppConfig", "deployment", "storage", "authentication", "type"));
        Assert.Contains("AZURE_CLIENT_ID", plan.AppSettings);
        Assert.Contains(
            "Authorization=AAD", plan.AppSettings["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"],
            StringComparison.Ordinal);
        Assert.Equal(
            "FC1", plan.Single("Microsoft.Web/serverfarms").Json.GetProperty("sku").GetProperty("name").GetString());
    }

    [Fact]
    public async Task An_instance_waits_for_requests_only_where_somebody_asked_for_it()
    {
        Assert.Equal(0, AlwaysReady(await plans.LeastAsync()));
        Assert.Equal(1, AlwaysReady(await plans.EverythingAsync()));

        static int AlwaysReady(PlannedDeployment plan) =>
            plan.App.At("functionAppConfig", "scaleAndConcurrency", "alwaysReady").GetArrayLength();
    }

    // What is known only on Azure is stood in for: a reference by a secret, an expression by a word.
    private static LedgerConfiguration Read(PlannedDeployment plan) => ConfigurationReader.Read(null, plan.AppSettings
        .ToDictionary(
            setting => setting.Key,
            setting => setting.Value.Contains("@Microsoft.KeyVault(", StringComparison.Ordinal)
                ? SecretOf(setting.Key)
                : setting.Value,
            StringComparer.Ordinal));

    private static string SecretOf(string setting)
    {
        if (!setting.EndsWith("PrivateKey", StringComparison.Ordinal))
            return "secret-of-the-vault";
        using var key = RSA.Create(2048);
        return key.ExportRSAPrivateKeyPem();
    }

    [GeneratedRegex("Secret|Token$|PrivateKey|Password|ApiKey", RegexOptions.None, 1000)]
    private static partial Regex SecretName();

    [GeneratedRegex("""'([a-z-]+)'\)\]$""", RegexOptions.None, 1000)]
    private static partial Regex QuotedLast();
}
