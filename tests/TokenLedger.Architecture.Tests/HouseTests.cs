using System.Text.RegularExpressions;

namespace TokenLedger.Architecture.Tests;

public sealed partial class HouseTests
{
    [Fact]
    public void No_source_file_is_over_400_lines_and_no_test_file_over_600() => Assert.Empty(Repository.Files
        .Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
        .Select(file => (File: file, Lines: File.ReadLines(Path.Combine(Repository.Root, file)).Count()))
        .Where(item => item.Lines > (item.File.StartsWith("tests/", StringComparison.Ordinal) ? 600 : 400)));

    [Fact]
    public void Product_lines_are_at_most_120_columns() => Assert.Empty(Repository.Sources("src")
        .SelectMany(file => File.ReadLines(Path.Combine(Repository.Root, file)).Select((line, at) => (file, at: at + 1, line.Length)))
        .Where(item => item.Length > 120));

    [Fact]
    public void Names_say_what_a_thing_is_for() => Assert.Empty(Repository.Files
        .Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
        .Where(file => VagueName().IsMatch(Path.GetFileNameWithoutExtension(file))));

    [Fact]
    public void Every_code_in_the_source_is_listed_once_and_every_listed_code_is_in_the_source()
    {
        var listed = Code().Matches(Repository.Read("docs/codes.md")).Select(match => match.Value).ToList();
        var used = Repository.Sources("src")
            .SelectMany(file => Code().Matches(Repository.Read(file)))
            .Select(match => match.Value)
            .Distinct()
            .Order(StringComparer.Ordinal);
        Assert.Equal(listed.Distinct().Order(StringComparer.Ordinal), listed);
        Assert.Equal(listed, used);
    }

    /// <summary>Only a missing emulator may skip a test, and continuous integration forbids even that.</summary>
    [Fact]
    public void No_test_is_skipped_for_another_reason_than_a_missing_emulator() => Assert.Empty(Repository.Sources("tests")
        .SelectMany(file => File.ReadLines(Path.Combine(Repository.Root, file)).Select(line => (file, line)))
        .Where(item => SkippedTest().IsMatch(item.line))
        .Where(item => !item.line.Contains(", AzuriteInstallation.HowToInstall);", StringComparison.Ordinal)));

    [Theory]
    [InlineData("README.md")]
    [InlineData("src/README.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("docs/decisions.md")]
    [InlineData("docs/deploy.md")]
    [InlineData("infra/README.md")]
    public void Paths_in_the_documentation_exist(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!;
        var links = Link().Matches(Repository.Read(document)).Select(match => match.Groups[1].Value)
            .Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith('#'))
            .Select(link => link.Split('#')[0]);
        Assert.All(links, link => Assert.True(Path.Exists(Path.Combine(folder, link)), link));
    }

    [Fact]
    public void Domain_folders_say_what_they_own() => Assert.Empty(Directory
        .GetDirectories(Path.Combine(Repository.Root, "src/TokenLedger.Domain"))
        .Where(folder => Path.GetFileName(folder) is not ("bin" or "obj"))
        .Where(folder => !File.Exists(Path.Combine(folder, "README.md"))
            || File.ReadLines(Path.Combine(folder, "README.md")).Count() > 40));

    [GeneratedRegex("(Helper|Helpers|Manager|Managers|Utils|Utilities|Misc)$", RegexOptions.None, 1000)]
    private static partial Regex VagueName();

    [GeneratedRegex(@"\bTL\d{4}\b", RegexOptions.None, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"Skip\s*=\s*""|Assert\.Skip", RegexOptions.None, 1000)]
    private static partial Regex SkippedTest();

    [GeneratedRegex(@"\]\(([^)\s]+)\)", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
