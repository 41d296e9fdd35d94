using System.Text.RegularExpressions;
using TokenLedger.Testing;

namespace TokenLedger.Cli.Tests.Documentation;

/// <summary>Links between pages lead somewhere.</summary>
public sealed partial class DocumentationLinkTests
{
    public static TheoryData<string> Pages =>
        [.. DocumentedPage.Names, "CONTRIBUTING.md", "SECURITY.md", "src/README.md", "infra/README.md"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_lead_to_files_and_headings_that_are_there(string name)
    {
        var page = DocumentedPage.Read(name);
        var links = Link().Matches(page.Prose).Select(match => match.Groups[1].Value)
            .Where(link => !link.Contains("://", StringComparison.Ordinal));
        Assert.All(links, link => Assert.True(Problem(page, link) is null, Problem(page, link)));
    }

    [Fact]
    public void The_readme_leads_to_every_page()
    {
        var readme = DocumentedPage.Read("README.md").Section("Read on");
        Assert.All(
            DocumentedPage.Names.Where(name => name != "README.md"),
            name => Assert.Contains($"]({name})", readme, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("docs/nowhere.md")]
    [InlineData("docs/service.md#nowhere")]
    [InlineData("#nowhere")]
    public void A_link_to_nowhere_is_found(string link) =>
        Assert.NotNull(Problem(DocumentedPage.Read("README.md"), link));

    private static string? Problem(DocumentedPage page, string link)
    {
        var (path, anchor) = (link.Split('#')[0], link.Contains('#', StringComparison.Ordinal) ? link.Split('#')[1] : null);
        var target = path.Length == 0
            ? page.Name
            : Path.GetRelativePath(
                RepositoryRoot.Path,
                Path.GetFullPath(Path.Combine(RepositoryRoot.Path, Path.GetDirectoryName(page.Name)!, path)));
        if (!Path.Exists(Path.Combine(RepositoryRoot.Path, target)))
            return $"{link}: there is no {target}.";
        return anchor is null || DocumentedPage.Read(target).Anchors.Contains(anchor, StringComparer.Ordinal)
            ? null
            : $"{link}: {target} has no such heading.";
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
