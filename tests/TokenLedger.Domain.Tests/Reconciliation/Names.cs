using TokenLedger.Domain.Charges;

namespace TokenLedger.Domain.Tests.Reconciliation;

/// <summary>Short ways to say what a billed row names.</summary>
internal static class Names
{
    public static ChargeDimensions Model(string model) => new() { Model = Dimension.Value(model) };

    public static ChargeDimensions AutomationWith(string model) =>
        new() { User = Dimension.Nobody, Model = Dimension.Value(model) };

    public static ChargeDimensions Person(string login, string model) =>
        new() { User = Dimension.Value(login), Model = Dimension.Value(model) };

    public static ChargeDimensions Repository(string repository) => new() { Repository = Dimension.Value(repository) };

    public static ChargeDimensions Workflow(string path) => new() { WorkflowPath = Dimension.Value(path) };
}
