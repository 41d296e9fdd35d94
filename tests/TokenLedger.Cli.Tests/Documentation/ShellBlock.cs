namespace TokenLedger.Cli.Tests.Documentation;

/// <summary>A fenced <c>sh</c> block of a page, and what the comment right above it says.</summary>
/// <param name="Page">The page, from the root of the repository.</param>
/// <param name="Line">The line of the page that opens it, from 1.</param>
/// <param name="Text">The commands.</param>
/// <param name="NotRunBecause">The reason in <c>&lt;!-- not run: … --&gt;</c>; null for a block that is run.</param>
/// <param name="ExitCode">What the block ends with, by <c>&lt;!-- exit: N --&gt;</c>; otherwise 0.</param>
public sealed record ShellBlock(string Page, int Line, string Text, string? NotRunBecause, int ExitCode);
