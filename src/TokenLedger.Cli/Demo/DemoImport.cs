namespace TokenLedger.Cli.Demo;

/// <summary>One bill of the demo.</summary>
/// <param name="Path">Relative to the samples.</param>
/// <param name="ObservedAt">When it is meant to have been read.</param>
internal sealed record DemoImport(string Path, DateTimeOffset ObservedAt);
