using System.CommandLine;
using System.CommandLine.Invocation;
using System.Data.Common;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reports;
using TokenLedger.Cli.Commands;
using TokenLedger.Storage.Azure.Requests;
using TokenLedger.Hosting.Configuration;

namespace TokenLedger.Cli;

/// <summary>The program as a function of its arguments, streams, clock and surroundings.</summary>
public static class CliApplication
{
    /// <summary>Runs one command.</summary>
    /// <param name="args">The arguments without the program's name.</param>
    /// <param name="stdout">Holds only the result.</param>
    /// <param name="stderr">Progress, warnings and errors.</param>
    /// <param name="time">The clock.</param>
    /// <param name="environment">The surroundings.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> InvokeAsync(
        IReadOnlyList<string> args,
        TextWriter stdout,
        TextWriter stderr,
        TimeProvider time,
        CliEnvironment environment,
        CancellationToken cancellation)
    {
        try
        {
            var host = new CliHost(stdout, stderr, time, environment);
            var parse = CommandTree.Create(host).Parse(args);
            if (parse.Action is ParseErrorAction)
            {
                foreach (var error in parse.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal))
                    WriteError(stderr, error);
                stderr.Write("Try 'tokenledger --help', or --help after the command.\n");
                return ExitCode.WrongUsage;
            }

            // A shell variable that is not set: no option means anything by it.
            if (args.Contains("", StringComparer.Ordinal))
                throw CommandFailedException.WrongUsage("an argument is empty: give it a value, or leave it out.");
            return await parse.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = stdout,
                    Error = stderr,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                },
                cancellation);
        }
        catch (OperationCanceledException)
        {
            WriteError(stderr, "stopped. Nothing half-done was kept: run the same command again to go on.");
            return ExitCode.Cancelled;
        }
        catch (CommandFailedException failure)
        {
            WriteError(stderr, failure.Message);
            return failure.ExitCode;
        }
        catch (InvalidConfigurationException failure)
        {
            WriteError(stderr, failure.Message);
            return ExitCode.WrongUsage;
        }
        catch (Exception failure) when (failure is LedgerUnusableException or RunConflictException)
        {
            WriteError(stderr, failure.Message);
            return failure is RunConflictException ? ExitCode.WrongUsage : ExitCode.Failed;
        }
        catch (StorageFailureException failure)
        {
            WriteError(stderr, $"{failure.Message.TrimEnd('.')}. Check the account and the network, and try again.");
            return ExitCode.Failed;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or DbException)
        {
            WriteError(stderr, $"{failure.Message.TrimEnd('.')}. Check the path, its permissions and the space left.");
            return ExitCode.Failed;
        }
#pragma warning disable CA1031 // The one catch-all of the process: what reaches it is a fault of ours.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            WriteError(
                stderr,
                $"internal error ({fault.GetType().Name}: {fault.Message}): please report it with the command.");
            return ExitCode.Failed;
        }
    }

    private static void WriteError(TextWriter stderr, string message) =>
        stderr.Write($"tokenledger: {SafeText.ForTerminal(message)}\n");
}
