namespace TokenLedger.Cli.Tests;

public sealed record Outcome(int Code, string Out, string Error);
