using TokenLedger.Testing;

namespace TokenLedger.Infra.Tests.Planning;

/// <summary>The files that are held against each other.</summary>
internal static class Repository
{
    public static string Root => RepositoryRoot.Path;

    public static string Infra { get; } = Path.Combine(Root, "infra");

    public static string MainBicep { get; } = Path.Combine(Infra, "main.bicep");

    /// <summary>Every <c>function.json</c>, by the function's name.</summary>
    public static IReadOnlyDictionary<string, string> FunctionFiles { get; } = Directory
        .GetFiles(PathOf("src/TokenLedger.Functions/functions"), "function.json", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetFileName(Path.GetDirectoryName(file))!, StringComparer.Ordinal);

    public static string PathOf(string path) => Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(PathOf(path));
}
