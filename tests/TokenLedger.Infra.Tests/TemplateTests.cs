using TokenLedger.Infra.Tests.Planning;

namespace TokenLedger.Infra.Tests;

/// <summary>The templates by themselves.</summary>
public sealed class TemplateTests(Plans plans)
{
    // A property that a resource's type does not have, an unknown version and a rule of bicepconfig.json all fail here.
    [Fact]
    public async Task The_compiler_and_the_linter_have_nothing_to_say()
    {
        await plans.TemplateAsync();
        Assert.Equal("", (await BicepCompiler.LintAsync(Repository.MainBicep)).Trim());
    }

    [Fact]
    public async Task Every_file_is_as_the_formatter_writes_it()
    {
        foreach (var file in Directory.GetFiles(Repository.Infra, "*.bicep", SearchOption.AllDirectories))
            Assert.Equal(File.ReadAllText(file), await BicepCompiler.FormatAsync(file));
    }

    [Fact]
    public async Task Roles_are_there_before_the_app_that_needs_them()
    {
        var template = await plans.TemplateAsync();
        var functions = template.GetProperty("resources").GetProperty("functions").GetProperty("dependsOn");
        Assert.Contains("roles", functions.EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task The_parameter_file_gives_parameters_that_there_are_and_all_that_have_no_default()
    {
        var template = await plans.TemplateAsync();
        var parameters = template.GetProperty("parameters").EnumerateObject().ToList();
        using var file = System.Text.Json.JsonDocument.Parse(Repository.Read("infra/main.parameters.json"));
        var given = file.RootElement.GetProperty("parameters").EnumerateObject().Select(one => one.Name).ToList();
        Assert.Empty(given.Except(parameters.Select(parameter => parameter.Name)));
        Assert.Empty(parameters.Where(parameter => !parameter.Value.TryGetProperty("defaultValue", out _))
            .Select(parameter => parameter.Name).Except(given));
    }

    [Fact]
    public async Task Secrets_are_secure_parameters_and_no_output()
    {
        var template = await plans.TemplateAsync();
        Assert.Equal(
            "securestring",
            template.GetProperty("parameters").GetProperty("githubWebhookSecret").GetProperty("type").GetString());
        Assert.DoesNotContain(
            template.GetProperty("outputs").EnumerateObject(),
            output => output.Value.GetRawText().Contains("Secret", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_address_for_GitHub_is_an_output()
    {
        var template = await plans.TemplateAsync();
        Assert.True(template.GetProperty("outputs").TryGetProperty("WEBHOOK_URL", out _));
    }

    [Fact]
    public void Every_module_parameter_and_output_stands_in_the_folders_documentation()
    {
        var told = Repository.Read("infra/README.md");
        var source = Repository.Read("infra/main.bicep");
        var names = source.Split('\n')
            .Where(line => line.StartsWith("param ", StringComparison.Ordinal)
                || line.StartsWith("output ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[1])
            .Concat(Directory.GetFiles(Path.Combine(Repository.Infra, "modules")).Select(Path.GetFileName));
        Assert.All(names, name => Assert.Contains($"`{name}`", told, StringComparison.Ordinal));
    }
}
