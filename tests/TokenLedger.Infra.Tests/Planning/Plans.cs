[assembly: AssemblyFixture(typeof(TokenLedger.Infra.Tests.Planning.Plans))]

namespace TokenLedger.Infra.Tests.Planning;

/// <summary>The plans that most tests look at, made once.</summary>
public sealed class Plans
{
    private readonly Lazy<Task<PlannedDeployment>> least = new(() => PlannedDeployment.OfAsync(PlannedDeployment.Least));

    private readonly Lazy<Task<PlannedDeployment>> everything =
        new(() => PlannedDeployment.OfAsync(PlannedDeployment.Everything));

    internal Task<PlannedDeployment> LeastAsync() => least.Value;

    internal Task<PlannedDeployment> EverythingAsync() => everything.Value;
}
