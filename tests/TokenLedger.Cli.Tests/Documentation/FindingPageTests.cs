using System.Text.RegularExpressions;
using TokenLedger.Domain.Findings;

namespace TokenLedger.Cli.Tests.Documentation;

/// <summary>Who meets a finding's code reads what it means.</summary>
public sealed partial class FindingPageTests
{
    [Fact]
    public void Every_code_has_a_row_with_what_it_sees_its_threshold_its_stake_and_its_control() => Assert.Equal(
        FindingCodes.All,
        Row().Matches(DocumentedPage.Read("docs/findings.md").Prose)
            .Where(row => row.Groups[2].Value.Split('|').All(cell => cell.Trim().Length > 3)
                && row.Groups[2].Value.Count(letter => letter == '|') == 3)
            .Select(row => row.Groups[1].Value));

    [GeneratedRegex(@"^\| `([a-z]+(?:-[a-z]+)+)` \| (.+) \|$", RegexOptions.Multiline, 1000)]
    private static partial Regex Row();
}
