using System.CommandLine;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger app</c>.</summary>
internal static class AppCommand
{
    public static Command Create() => new("app", "Make the GitHub App that collects runs.");
}
