using System.Diagnostics;
using TokenLedger.Testing;

namespace TokenLedger.Hosting.Tests.Gate;

/// <summary>The script of the gate's step, taken out of its workflow and run as a runner does.</summary>
internal sealed class GateStep : IDisposable
{
    public const string Key = "hush-gate-key";

    private const string ScriptIndent = "          ";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tokenledger-gate-");
    private readonly Dictionary<string, string> variables = new(StringComparer.Ordinal)
    {
        ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "",
        ["GITHUB_REPOSITORY"] = "acme/web",
        ["GITHUB_RUN_ATTEMPT"] = "1",
        ["GITHUB_SERVER_URL"] = "https://github.com",
        ["LEDGER_KEY"] = Key,
        ["BUDGET"] = "web",
        ["ESTIMATE_USD"] = "",
        ["EXPIRES_MINUTES"] = "120",
        ["FAIL_ON"] = "deny",
        ["ON_ERROR"] = "deny",
    };

    public GateStep(Uri ledger, long run)
    {
        variables["LEDGER_URL"] = ledger.ToString();
        variables["GITHUB_RUN_ID"] = $"{run}";
        variables["GITHUB_OUTPUT"] = PathOf("output");
    }

    /// <summary>The workflow as it is copied.</summary>
    public static string[] Workflow { get; } =
        File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "samples", "workflows", "headroom-gate.yml"));

    /// <summary>What follows <c>run: |</c>.</summary>
    public static string Script { get; } = string.Join('\n', Workflow
        .SkipWhile(line => line.Trim() != "run: |")
        .Skip(1)
        .Select(line => line.StartsWith(ScriptIndent, StringComparison.Ordinal) ? line[ScriptIndent.Length..] : line));

    public string this[string variable]
    {
        set => variables[variable] = value;
    }

    public string PathOf(string name) => Path.Combine(folder.FullName, name);

    /// <summary>Puts a program before those of the machine.</summary>
    public void Shadow(string program, string script)
    {
        var tools = Directory.CreateDirectory(PathOf("tools")).FullName;
        var file = Path.Combine(tools, program);
        File.WriteAllText(file, script);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        variables["PATH"] = $"{tools}:{variables["PATH"]}";
    }

    public async Task<GateOutcome> RunAsync()
    {
        var token = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(PathOf("step.sh"), Script, token);
        var info = new ProcessStartInfo("bash", ["--noprofile", "--norc", "-eo", "pipefail", PathOf("step.sh")])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment.Clear();
        foreach (var (name, value) in variables)
            info.Environment[name] = value;
        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync(token);
        var error = process.StandardError.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        var told = File.Exists(PathOf("output")) ? await File.ReadAllLinesAsync(PathOf("output"), token) : [];
        Assert.Empty(await error);
        Assert.DoesNotContain("hush-", await output);
        return new GateOutcome(process.ExitCode, (await output).TrimEnd('\n').Split('\n'), told);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
