using System.Text.Json;

[assembly: AssemblyFixture(typeof(TokenLedger.Infra.Tests.Planning.Plans))]

namespace TokenLedger.Infra.Tests.Planning;

/// <summary>The template and the plans that most tests look at, made once.</summary>
public sealed class Plans
{
    private readonly Lazy<Task<PlannedDeployment>> least = new(() => PlannedDeployment.OfAsync(PlannedDeployment.Least));

    private readonly Lazy<Task<PlannedDeployment>> everything =
        new(() => PlannedDeployment.OfAsync(PlannedDeployment.Everything));

    private readonly Lazy<Task<JsonElement>> template = new(() => BicepCompiler.BuildAsync(Repository.MainBicep));

    internal Task<JsonElement> TemplateAsync() => template.Value;

    internal Task<PlannedDeployment> LeastAsync() => least.Value;

    internal Task<PlannedDeployment> EverythingAsync() => everything.Value;
}
