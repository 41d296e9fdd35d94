using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace TokenLedger.Infra.Tests.Planning;

/// <summary>The real compiler, of a pinned package. It needs no Azure and no network.</summary>
/// <remarks>The package is for Linux on x64; elsewhere TOKENLEDGER_BICEP names another one, such as that of az.</remarks>
internal static class BicepCompiler
{
    public const string Subscription = "00000000-0000-0000-0000-000000000001";
    public const string Tenant = "00000000-0000-0000-0000-000000000002";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static string Compiler => Environment.GetEnvironmentVariable("TOKENLEDGER_BICEP") is { Length: > 0 } named
        ? named
        : typeof(BicepCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "BicepPath").Value!.Replace('\\', '/');

    /// <summary>The template that Azure is sent; whatever the compiler remarks on fails the test.</summary>
    public static async Task<JsonElement> BuildAsync(string bicep)
    {
        var json = await RunAsync("build", bicep, "--stdout");
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>What the linter has to say: nothing.</summary>
    public static Task<string> LintAsync(string bicep) => RunAsync("lint", bicep);

    /// <summary>The text as the compiler would write it.</summary>
    public static Task<string> FormatAsync(string bicep) => RunAsync("format", bicep, "--stdout");

    /// <summary>Every resource that a deployment would make, with all that can be known before it.</summary>
    public static async Task<JsonElement> PlanAsync(string parameterFile)
    {
        await RunAsync(
            "snapshot", parameterFile, "--mode", "overwrite", "--subscription-id", Subscription,
            "--tenant-id", Tenant, "--location", "westeurope");
        using var document = JsonDocument.Parse(
            await File.ReadAllBytesAsync(Path.ChangeExtension(parameterFile, ".snapshot.json")));
        return document.RootElement.Clone();
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Compiler, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var remarks = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(process.ExitCode == 0 && (await remarks).Length == 0, $"bicep {arguments[0]}:\n{await remarks}");
        return await output;
    }
}
