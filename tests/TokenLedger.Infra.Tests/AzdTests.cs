using System.Text.RegularExpressions;
using TokenLedger.Infra.Tests.Planning;

namespace TokenLedger.Infra.Tests;

/// <summary><c>azure.yaml</c> names what is there.</summary>
public sealed partial class AzdTests(Plans plans)
{
    private static readonly string Yaml = Repository.Read("azure.yaml");

    [Fact]
    public async Task The_service_is_the_app_that_bears_its_tag()
    {
        var tagged = (await plans.LeastAsync()).Resources
            .Where(resource => resource.Json.TryGetProperty("tags", out var tags)
                && tags.TryGetProperty("azd-service-name", out _))
            .ToList();
        var app = Assert.Single(tagged);
        Assert.Equal("Microsoft.Web/sites", app.Type);
        Assert.Contains(
            $"\n  {app.Json.GetProperty("tags").GetProperty("azd-service-name").GetString()}:\n", Yaml,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_group_bears_the_environments_tag() => Assert.Equal(
        "prod",
        (await plans.LeastAsync()).Single("Microsoft.Resources/resourceGroups").Json
            .GetProperty("tags").GetProperty("azd-env-name").GetString());

    [Fact]
    public void The_package_is_the_one_that_packing_makes()
    {
        var package = Value("dist");
        Assert.Contains(package, Repository.Read("eng/pack-functions"), StringComparison.Ordinal);
        Assert.Contains(package, Repository.Read("eng/pack-functions.ps1"), StringComparison.Ordinal);
        // With the service at the root, below the service and below the working directory are one place.
        Assert.Equal(".", Value("project"));
        Assert.Equal("custom", Value("language"));
        Assert.Equal("function", Value("host"));
        Assert.Equal("false", Value("remoteBuild"));
    }

    [Fact]
    public void Packing_is_done_before_it_on_every_system()
    {
        var hook = Yaml[Yaml.IndexOf("prepackage:", StringComparison.Ordinal)..];
        var scripts = Script().Matches(hook).Select(match => match.Value).ToList();
        Assert.Equal(["eng/pack-functions", "eng/pack-functions.ps1"], scripts);
        Assert.All(scripts, script => Assert.True(File.Exists(Repository.PathOf(script)), script));
    }

    private static string Value(string key) =>
        Regex.Match(Yaml, $@"^ +{key}: *(\S+)", RegexOptions.Multiline, TimeSpan.FromSeconds(1)).Groups[1].Value;

    [GeneratedRegex(@"eng/[\w.-]+", RegexOptions.None, 1000)]
    private static partial Regex Script();
}
