using TokenLedger.Infra.Tests.Planning;

namespace TokenLedger.Infra.Tests;

/// <summary>Who may do what.</summary>
public sealed class AccessTests(Plans plans)
{
    private const string BlobOwner = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";
    private const string QueueContributor = "974c5e8b-45b9-4653-ba55-5f855dd0fb88";
    private const string TableContributor = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3";
    private const string SecretsUser = "4633458b-17de-408a-b874-0445c86b69e6";
    private const string SecretsOfficer = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7";
    private const string MetricsPublisher = "3913510d-42f4-4e42-8a64-420c390055eb";
    private const string MessageSender = "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a";

    [Fact]
    public async Task The_roles_are_these_and_no_others()
    {
        var roles = RolesOf(await plans.LeastAsync());
        Assert.Equal(
            new[]
            {
                (BlobOwner, "storageAccounts"), (QueueContributor, "storageAccounts"),
                (TableContributor, "storageAccounts"), (SecretsUser, "vaults"), (MetricsPublisher, "components"),
                (MessageSender, "log-uploaded"),
            }.Order(),
            roles.Order());
    }

    [Fact]
    public async Task The_deployer_gets_the_vault_and_nothing_else() => Assert.Equal(
        [(SecretsOfficer, "vaults")],
        RolesOf(await plans.EverythingAsync()).Except(RolesOf(await plans.LeastAsync())));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_accounts_keys_open_it_only_where_somebody_asked_for_it(bool isAskedFor)
    {
        var plan = isAskedFor ? await plans.EverythingAsync() : await plans.LeastAsync();
        var account = plan.Single("Microsoft.Storage/storageAccounts");
        Assert.Equal(isAskedFor, account.At("allowSharedKeyAccess").GetBoolean());
        Assert.False(account.At("allowBlobPublicAccess").GetBoolean());
    }

    [Fact]
    public async Task Telemetry_and_deployment_take_no_key_and_no_password()
    {
        var plan = await plans.LeastAsync();
        Assert.True(plan.Single("Microsoft.Insights/components").At("DisableLocalAuth").GetBoolean());
        Assert.Equal(2, plan.OfType("Microsoft.Web/sites/basicPublishingCredentialsPolicies").Count());
        Assert.All(
            plan.OfType("Microsoft.Web/sites/basicPublishingCredentialsPolicies"),
            policy => Assert.False(policy.At("allow").GetBoolean()));
        Assert.True(plan.Single("Microsoft.KeyVault/vaults").At("enableRbacAuthorization").GetBoolean());
    }

    // A plan knows no secure value, so it shows the condition instead of what follows from it.
    [Fact]
    public async Task A_secret_is_put_into_the_vault_only_when_it_is_given()
    {
        var secret = (await plans.EverythingAsync()).Single("Microsoft.KeyVault/vaults/secrets");
        Assert.Equal("[not(empty(parameters('githubWebhookSecret')))]", secret.Json.GetProperty("condition").GetString());
        Assert.Equal("[parameters('githubWebhookSecret')]", secret.TextAt("value"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task People_sign_in_only_where_an_app_registration_is_named_and_GitHub_never(bool isNamed)
    {
        var plan = isNamed ? await plans.EverythingAsync() : await plans.LeastAsync();
        var auth = plan.Resources.Single(resource => resource.LastName == "authsettingsV2");
        Assert.Equal(isNamed, auth.At("platform", "enabled").GetBoolean());
        // Anything else would send GitHub's deliveries to a sign-in page.
        Assert.False(auth.At("globalValidation", "requireAuthentication").GetBoolean());
        Assert.Equal("AllowAnonymous", auth.TextAt("globalValidation", "unauthenticatedClientAction"));
        Assert.Equal(isNamed, auth.At("identityProviders").TryGetProperty("azureActiveDirectory", out _));
        Assert.Equal(isNamed, plan.AppSettings.ContainsKey("OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID"));
    }

    // The role's id, and the type or name of what it is given on.
    private static List<(string Role, string Scope)> RolesOf(PlannedDeployment plan) =>
    [
        .. plan.OfType("Microsoft.Authorization/roleAssignments").Select(assignment =>
            (assignment.TextAt("roleDefinitionId").Split('/')[^1], ScopeOf(assignment.Id))),
    ];

    private static string ScopeOf(string id)
    {
        var start = id.IndexOf("/resourceGroups/", StringComparison.Ordinal);
        var parts = id[start..].Split('\'')[0].Split("/providers/Microsoft.Authorization", 2)[0].Split('/');
        return parts[^2] == "queues" ? parts[^1] : parts[^2];
    }
}
