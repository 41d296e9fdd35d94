using System.Text.Json;

namespace TokenLedger.Infra.Tests.Planning;

/// <summary>What the templates would make of some parameters.</summary>
internal sealed class PlannedDeployment
{
    /// <summary>The least that somebody gives.</summary>
    public static readonly IReadOnlyList<string> Least = ["environmentName = 'prod'", "location = 'westeurope'"];

    /// <summary>Every part in use.</summary>
    public static readonly IReadOnlyList<string> Everything =
    [
        .. Least,
        "principalId = '00000000-0000-0000-0000-0000000000aa'",
        "githubWebhookSecret = 'a long random text'",
        "githubOrganization = 'acme'",
        "githubEnterprise = 'acme-group'",
        "githubAppId = '77'",
        "githubTokenInVault = true",
        "moreSettings = { Workflows__Include__0: '.github/workflows/agent-*.yml', Sources__1__Kind: 'github', "
            + "Sources__1__Organization: 'acme-labs' }",
        "vaultReferences = { Sources__1__Token: 'labs-token' }",
        "allowSharedKeyAccess = true",
        "alwaysReadyInstances = 1",
        "alertEmail = 'somebody@acme.example'",
        "dashboardClientId = '00000000-0000-0000-0000-0000000000bb'",
    ];

    private PlannedDeployment(JsonElement plan) => Resources =
        [.. plan.GetProperty("predictedResources").EnumerateArray().Select(PlannedResource.Of)];

    public IReadOnlyList<PlannedResource> Resources { get; }

    public PlannedResource App => Single("Microsoft.Web/sites");

    /// <summary>The app's settings; what is known only later stands there as the template's expression.</summary>
    public IReadOnlyDictionary<string, string> AppSettings => Resources
        .Single(resource => resource.Type == "Microsoft.Web/sites/config" && resource.LastName == "appsettings")
        .Properties.EnumerateObject()
        .ToDictionary(setting => setting.Name, setting => setting.Value.GetString()!, StringComparer.Ordinal);

    /// <param name="parameters">Assignments as a parameter file has them.</param>
    public static async Task<PlannedDeployment> OfAsync(IEnumerable<string> parameters)
    {
        var folder = Directory.CreateTempSubdirectory("tokenledger-infra-");
        try
        {
            var file = Path.Combine(folder.FullName, "test.bicepparam");
            var template = Path.GetRelativePath(folder.FullName, Repository.MainBicep).Replace('\\', '/');
            await File.WriteAllLinesAsync(
                file, [$"using '{template}'", .. parameters.Select(parameter => "param " + parameter)]);
            return new PlannedDeployment(await BicepCompiler.PlanAsync(file));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public PlannedResource Single(string type) => Assert.Single(OfType(type));

    public IEnumerable<PlannedResource> OfType(string type) => Resources.Where(resource => resource.Type == type);

    public IEnumerable<string> NamesOf(string type) => OfType(type).Select(resource => resource.LastName);
}
