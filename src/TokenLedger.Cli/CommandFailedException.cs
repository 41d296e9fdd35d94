namespace TokenLedger.Cli;

/// <summary>Ends a command with one line for the user and an exit code.</summary>
internal sealed class CommandFailedException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public static CommandFailedException WrongUsage(string message) => new(Cli.ExitCode.WrongUsage, message);
}
