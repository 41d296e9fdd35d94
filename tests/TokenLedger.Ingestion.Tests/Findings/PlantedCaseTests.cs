using TokenLedger.Domain.Findings;

namespace TokenLedger.Ingestion.Tests.Findings;

public sealed class PlantedCaseTests
{
    public static TheoryData<string> Codes => new(FindingCodes.All);

    [Theory]
    [MemberData(nameof(Codes))]
    public void Each_code_has_a_planted_case_that_is_found_and_nothing_else(string code)
    {
        var findings = FindingRules.Of(PlantedCases.Of(code));

        var finding = Assert.Single(findings);
        Assert.Equal(code, finding.Code);
        Assert.NotEmpty(finding.Evidence);
        Assert.NotEmpty(finding.Control);
        Assert.True(finding.AtStakeNanoCredits is null or > 0);
        Assert.DoesNotContain(finding.Message, static text => text is '\n' or '\r');
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_order_of_the_runs_changes_nothing(string code)
    {
        var day = PlantedCases.Of(code);
        var backward = day with
        {
            Runs = [.. day.Runs.Reverse()],
            History = day.History.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<RunSize>)[.. pair.Value.Reverse()]),
        };

        Assert.Equal(FindingRules.Of(day).Select(Text), FindingRules.Of(backward).Select(Text));
    }

    [Fact]
    public void Codes_are_listed_once_and_in_order()
    {
        Assert.Equal(FindingCodes.All.Distinct().Order(StringComparer.Ordinal), FindingCodes.All);
        Assert.All(FindingCodes.All, code => Assert.Matches("^[a-z]+(-[a-z]+)+$", code));
    }

    private static string Text(Finding finding) =>
        $"{finding.Code} {finding.Subject} {finding.Message} {finding.AtStakeNanoCredits} {string.Join(' ', finding.Evidence)}";
}
