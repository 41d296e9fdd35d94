using System.Reflection;
using System.Text.RegularExpressions;
using TokenLedger.Application.Ports;
using TokenLedger.Testing;

namespace TokenLedger.Cli.Tests.Documentation;

/// <summary>Whatever calls somebody has a section that says what to do.</summary>
public sealed partial class RunbookTests
{
    private static readonly string[] Parts = ["**Means", "**First look.**", "**Mend.**", "**Closes.**"];

    public static TheoryData<string> Alerts => [.. Kinds, .. Rules];

    private static IEnumerable<string> Kinds => typeof(Alert)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(constant => constant.IsLiteral)
        .Select(constant => (string)constant.GetRawConstantValue()!);

    private static IEnumerable<string> Rules => RuleName().Matches(Infrastructure).Select(match => match.Groups[1].Value);

    private static string Infrastructure { get; } =
        File.ReadAllText(Path.Combine(RepositoryRoot.Path, "infra/modules/alerts.bicep"));

    [Theory]
    [MemberData(nameof(Alerts))]
    public void Every_alert_has_a_section_of_the_runbook(string alert)
    {
        var section = DocumentedPage.Read("docs/operating.md").Section(alert);
        Assert.All(Parts, part => Assert.Contains(part, section, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_rule_of_the_infrastructure_has_a_name() => Assert.Equal(
        Regex.Count(Infrastructure, "scheduledQueryRules@", RegexOptions.None, TimeSpan.FromSeconds(1)), Rules.Count());

    [GeneratedRegex("displayName: '([^']+)'", RegexOptions.None, 1000)]
    private static partial Regex RuleName();
}
