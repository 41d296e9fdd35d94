namespace TokenLedger.Providers.GitHub.Issues;

/// <summary>The issue of a group.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Body">Its text.</param>
internal sealed record FoundIssue(string Number, string Body);
