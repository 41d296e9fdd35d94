using System.Diagnostics;
using TokenLedger.Testing;

namespace TokenLedger.Functions.Tests.EndToEnd;

/// <summary>The handler as it is deployed, packed anew when a source file is newer than the package.</summary>
internal static class PackedHandler
{
    private static readonly TimeSpan PackMax = TimeSpan.FromMinutes(10);

    private static readonly Lazy<Task<string>> Packed = new(PackAsync);

    /// <summary>The package's folder.</summary>
    public static Task<string> FolderAsync() => Packed.Value;

    private static async Task<string> PackAsync()
    {
        var root = RepositoryRoot.Path;
        var folder = Path.Combine(root, "artifacts", "functions");
        var binary = new FileInfo(Path.Combine(folder, "tokenledger-functions"));
        if (binary.Exists && !IsStale(root, binary.LastWriteTimeUtc))
            return folder;
        using var process = Process.Start(new ProcessStartInfo("bash", [Path.Combine(root, "eng", "pack-functions")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(PackMax);
        Assert.True(process.ExitCode == 0, $"eng/pack-functions failed:\n{await output}\n{await errors}");
        return folder;
    }

    private static bool IsStale(string root, DateTime packedUtc) => Directory
        .EnumerateFiles(Path.Combine(root, "src"), "*", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
        .Append(Path.Combine(root, "host.json"))
        .Any(file => File.GetLastWriteTimeUtc(file) > packedUtc);
}
