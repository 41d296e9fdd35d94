namespace TokenLedger.Cli.Tests.Doctor;

public sealed record Finding(string Check, string Subject, string State, string? Code, string Seen, string? Fix);
