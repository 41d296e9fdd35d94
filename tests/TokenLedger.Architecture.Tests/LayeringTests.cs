using System.Reflection;
using System.Text.RegularExpressions;

namespace TokenLedger.Architecture.Tests;

public sealed partial class LayeringTests
{
    private static readonly Dictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        ["TokenLedger.Domain"] = [],
        ["TokenLedger.Ingestion"] = ["TokenLedger.Domain"],
        ["TokenLedger.Application"] = ["TokenLedger.Ingestion"],
        ["TokenLedger.Storage.Azure"] = ["TokenLedger.Application"],
        ["TokenLedger.Storage.Sqlite"] = ["TokenLedger.Application"],
        ["TokenLedger.Providers"] = ["TokenLedger.Application"],
        ["TokenLedger.Hosting"] =
            ["TokenLedger.Providers", "TokenLedger.Storage.Azure", "TokenLedger.Storage.Sqlite"],
        ["TokenLedger.Functions"] = ["TokenLedger.Hosting"],
        ["TokenLedger.Cli"] = ["TokenLedger.Hosting"],
    };

    public static TheoryData<string> Projects() => [.. MayUse.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_point_one_way(string project)
    {
        var text = Repository.Read($"src/{project}/{project}.csproj");
        Assert.Equal(MayUse[project], ProjectReference().Matches(text).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void Every_product_project_has_its_place_in_the_order() => Assert.Equal(
        MayUse.Keys.Order(StringComparer.Ordinal),
        Repository.Files
            .Where(file => file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(Path.GetFileNameWithoutExtension)
            .Order(StringComparer.Ordinal));

    [Fact]
    public void The_domain_uses_no_package_and_no_outside_world()
    {
        var domain = Assembly.Load("TokenLedger.Domain");
        var allowed = new[] { "System.Runtime", "System.Collections", "System.Collections.Immutable", "System.Linq", "System.Memory", "System.Runtime.InteropServices" };
        Assert.All(domain.GetReferencedAssemblies(), reference => Assert.Contains(reference.Name, allowed));
    }

    [Fact]
    public void Money_is_divided_only_by_the_allocator()
    {
        var divided = Repository.Sources("src/TokenLedger.Domain")
            .Where(file => !file.StartsWith("src/TokenLedger.Domain/Allocation/", StringComparison.Ordinal))
            .SelectMany(file => File.ReadLines(Path.Combine(Repository.Root, file)).Select(line => (file, line)))
            .Where(item => Division().IsMatch(WithoutCommentOrText().Replace(item.line, "")));
        Assert.Empty(divided);
    }

    [GeneratedRegex("""<ProjectReference Include="[^"]*/([^/"]+)\.csproj" />""", RegexOptions.None, 1000)]
    private static partial Regex ProjectReference();

    [GeneratedRegex(@"[\w)\]] */=? *[\w(]", RegexOptions.None, 1000)]
    private static partial Regex Division();

    [GeneratedRegex("""//.*$|"(?:[^"\\]|\\.)*"|'.'""", RegexOptions.None, 1000)]
    private static partial Regex WithoutCommentOrText();
}
