using System.Diagnostics;
using System.Text;
using TokenLedger.Testing;
using TokenLedger.Testing.GitHub;

namespace TokenLedger.Cli.Tests.Documentation;

/// <summary>
/// A folder as the pages suppose it: logs, a downloaded report, a configuration, a token; and a shell in which the
/// built program is <c>tokenledger</c> and GitHub is a double.
/// </summary>
internal sealed class DocumentedShell(FakeGitHub github) : IDisposable
{
    private const string FromSource = "dotnet run --project src/TokenLedger.Cli --";
    private const string Marker = "documented-block:";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tokenledger-docs-");

    public void Dispose() => folder.Delete(recursive: true);

    public string Path(string name) => System.IO.Path.Combine(folder.FullName, "work", name);

    /// <summary>Runs the blocks one after the other in one shell.</summary>
    /// <returns>What went wrong, with the block's line; null when all of it went as the page says.</returns>
    public async Task<string?> RunAsync(IReadOnlyList<ShellBlock> blocks, CancellationToken cancellation)
    {
        Prepare();
        using var process = Process.Start(Shell(ScriptOf(blocks)))!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }

        var told = await error;
        var printed = await output;
        if (process.ExitCode == 0)
            return null;
        var line = told[(told.LastIndexOf(Marker, StringComparison.Ordinal) + Marker.Length)..];
        return FormattableString.Invariant($"{blocks[0].Page}, the block at line {line.Trim()}\n(exit {process.ExitCode})\n{printed[^Math.Min(printed.Length, 4_000)..]}");
    }

    private static string ScriptOf(IReadOnlyList<ShellBlock> blocks)
    {
        var script = new StringBuilder("set -eu\n");
        foreach (var block in blocks)
        {
            var commands = string.Join('\n', block.Text.Split('\n')
                .Where(line => !line.StartsWith("alias tokenledger=", StringComparison.Ordinal)))
                .Replace(FromSource, "tokenledger", StringComparison.Ordinal);
            script.Append("echo '").Append(Marker).Append(block.Line).Append("' >&2\n");
            if (block.ExitCode == 0)
            {
                script.Append(commands).Append('\n');
                continue;
            }

            // One command: of several it would not be said which one ends so.
            Assert.Single(commands.Trim().Split('\n'));
            // In braces, for a comment may end the line.
            script.Append("code=0\n{ ").Append(commands).Append("\n} || code=$?\n")
                .Append("[ $code -eq ").Append(block.ExitCode).Append(" ] || { echo \"ended with $code\" >&2; exit 99; }\n");
        }

        return script.ToString();
    }

    private void Prepare()
    {
        var samples = System.IO.Path.Combine(RepositoryRoot.Path, "samples");
        var programs = folder.CreateSubdirectory("bin").FullName;
        Copy(System.IO.Path.Combine(samples, "run-logs"), Path("logs"));
        File.Move(Path("logs/logs.json"), Path("logs.json"));
        File.Copy(System.IO.Path.Combine(samples, "bills", "ai-usage-2026-11-13.csv"), Path("ai-usage.csv"));
        File.Copy(System.IO.Path.Combine(samples, "tokenledger.json"), Path("tokenledger.json"));
        File.WriteAllText(Path("token.txt"), github.Token);
        var program = System.IO.Path.Combine(programs, "tokenledger");
        File.WriteAllText(
            program,
            $"#!/bin/sh\nexec dotnet '{System.IO.Path.Combine(AppContext.BaseDirectory, "tokenledger.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private ProcessStartInfo Shell(string script)
    {
        var start = new ProcessStartInfo("bash", ["--noprofile", "--norc", "-c", script])
        {
            WorkingDirectory = Path(""), RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys
            .Where(name => name.StartsWith("TokenLedger", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["PATH"] = $"{System.IO.Path.Combine(folder.FullName, "bin")}:{start.Environment["PATH"]}";
        start.Environment["TokenLedger__GitHub__ApiUrl"] = github.Url.AbsoluteUri;
        return start;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = System.IO.Path.Combine(to, System.IO.Path.GetRelativePath(from, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
