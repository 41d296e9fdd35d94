using System.Globalization;
using TokenLedger.Domain.Findings;
using TokenLedger.Ingestion.Tests.Sessions;

namespace TokenLedger.Ingestion.Tests.Findings;

public sealed class OrdinaryMonthTests
{
    private const int RunsOfMonth = 5_000;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A_month_of_ordinary_runs_has_findings_for_one_run_in_a_hundred_at_most(int seed)
    {
        var month = new OrdinaryMonth(seed);
        var cheaper = new CheaperModels(RunFiles.Book);
        var history = new Dictionary<string, IReadOnlyList<RunSize>>(StringComparer.Ordinal);
        var (runs, withFeatures, findings) = (0, 0, new List<Finding>());
        // The month before is what the month is compared with.
        for (var day = OrdinaryMonth.First.AddDays(-FindingDay.HistoryDays); runs < RunsOfMonth; day = day.AddDays(1))
        {
            var observed = month.RunsOf(day);
            foreach (var run in observed)
            {
                if (RunSize.Of(run, cheaper) is not { } size)
                    continue;
                if (!history.TryGetValue(run.Workflow!, out var sizes))
                    history.Add(run.Workflow!, sizes = new List<RunSize>());
                ((List<RunSize>)sizes).Add(size);
            }

            if (day < OrdinaryMonth.First)
                continue;
            runs += observed.Count;
            withFeatures += observed.Count(run => run.Features is { ExplorationShare: not null, ContextGrowth: not null });
            findings.AddRange(FindingRules.Of(new FindingDay
            {
                Day = day, Runs = observed, History = history, Accounts = [month.BillOf(day, observed)],
            }));
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{findings.Count} findings of {runs} runs, {withFeatures} with features"));
        foreach (var finding in findings)
            TestContext.Current.TestOutputHelper?.WriteLine($"{finding.Day:MM-dd} {finding.Code}: {finding.Message}");
        Assert.True(withFeatures > runs / 4, $"Only {withFeatures} runs tell enough to be judged.");
        Assert.True(
            findings.Count * 100 <= runs,
            $"{findings.Count} findings of {runs} runs:\n" + string.Join(
                '\n', findings.Select(finding => $"{finding.Day:MM-dd} {finding.Code}: {finding.Message}")));
    }
}
