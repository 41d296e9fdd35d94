using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Explaining;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Storage.Sqlite;
using TokenLedger.Testing.InMemory;
using TokenLedger.Testing.Worlds;
using TokenLedger.Testing.Worlds.Product;
using TokenLedger.Testing.Worlds.Simulation;

namespace TokenLedger.Worlds.Tests;

/// <summary>Whatever a world holds, each of its figures is explained as it is reconciled, and every node adds up.</summary>
public sealed class ExplainedWorldTests
{
    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    [InlineData(5UL)]
    [InlineData(8UL)]
    [InlineData(13UL)]
    [InlineData(21UL)]
    [InlineData(34UL)]
    public async Task Explained_figures_are_the_reconciled_ones_and_parts_add_up(ulong seed) =>
        await CheckAsync(await WorldSimulation.RunAsync(World.Of(WorldPlan.Of(seed) with { Days = 8 })));

    [Fact]
    public async Task A_ledger_file_is_explained_like_one_in_memory()
    {
        var plan = WorldPlan.Of(4) with { Days = 5 };
        var folder = Directory.CreateTempSubdirectory("tokenledger-world-");
        try
        {
            await using var file = new SqliteLedgerStorage(
                Path.Combine(folder.FullName, "ledger.db"), new TestClock(WorldPlan.StartOf(plan.FirstDay)));
            await CheckAsync(await WorldSimulation.RunAsync(
                World.Of(plan), new ProductStorage(file.Store, file.Days, new InMemoryBillArchive())));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task CheckAsync(SimulationOutcome outcome)
    {
        var artifact = BuildArtifact.Execute(outcome.Period, outcome.EndedAt);
        var runs = artifact.Runs.ToList();
        Assert.NotEmpty(runs);
        await CheckRunsAsync(outcome, runs);
        await CheckRepositoriesAsync(outcome, runs);
        await CheckDaysAsync(outcome);
    }

    private static async Task CheckRunsAsync(SimulationOutcome outcome, List<RunEntry> runs)
    {
        foreach (var attempts in runs.GroupBy(run => (run.Host, run.RunId)))
        {
            var root = await ExplainAsync(
                outcome, ExplanationSubject.OfRun(attempts.Key.Host, null, attempts.Key.RunId)!);
            foreach (var run in attempts)
            {
                var told = root.Children.Single(child => child.Label == $"attempt {run.Attempt}").Figures;
                Assert.Equal(
                    (run.EstimatedAiCredits, run.BilledAiCredits, run.BilledGrossUsd, run.BilledNetUsd),
                    (told.EstimatedAiCredits, told.BilledAiCredits, told.BilledGrossUsd, told.BilledNetUsd));
            }
        }
    }

    private static async Task CheckRepositoriesAsync(SimulationOutcome outcome, List<RunEntry> runs)
    {
        foreach (var repository in runs.GroupBy(run => (run.Host, run.Repository)))
        {
            var root = await ExplainAsync(
                outcome, ExplanationSubject.OfRepository(repository.Key.Repository)!, host: repository.Key.Host);
            Assert.Equal(
                (repository.Sum(run => run.EstimatedAiCredits ?? 0m), repository.Sum(run => run.BilledAiCredits ?? 0m)),
                (root.Figures.EstimatedAiCredits ?? 0m, root.Figures.BilledAiCredits ?? 0m));
        }
    }

    private static async Task CheckDaysAsync(SimulationOutcome outcome)
    {
        foreach (var day in outcome.Period.Days)
        {
            var root = await ExplainAsync(outcome, ExplanationSubject.OfDay(day.Day), day.Day);
            var account = root.Children.Single(child => child.Label == day.Account.Key);
            var head = (await outcome.Product.Days.FindAsync(day.Account, day.Day, CancellationToken.None))!;
            Assert.Equal(
                (head.Totals.BilledGrossNanoCredits, head.Totals.BilledNetNanoCredits, head.Totals.EstimatedAiCredits),
                (account.Figures.GrossNanoCredits, account.Figures.NetNanoCredits, account.Figures.EstimatedAiCredits));
            foreach (var row in day.Charges.Where(row => row.Role == ChargeRole.Basis))
            {
                var charge = await ExplainAsync(outcome, ExplanationSubject.OfCharge(row.Charge.Id)!, day.Day);
                Assert.Equal(
                    AiCredits.FromNanoCredits(row.Charge.GrossNanoCredits), charge.Figures.BilledAiCredits);
                Assert.Equal(row.Charge.NetNanoCredits, charge.Figures.NetNanoCredits);
            }
        }
    }

    private static async Task<ExplanationNode> ExplainAsync(
        SimulationOutcome outcome, ExplanationSubject subject, DateOnly? day = null, string host = "github.com")
    {
        var plan = outcome.World.Plan;
        var explain = new Explain(
            outcome.Product.Store, outcome.Product.Days, outcome.World.Prices.Book, outcome.Product.Configuration);
        var document = await explain.ExecuteAsync(
            new ExplanationRequest(
                subject, day ?? plan.EachDay.First(), day?.AddDays(1) ?? plan.EachDay.Last().AddDays(1)) { Host = host },
            TestContext.Current.CancellationToken);
        Assert.True(document is not null, $"{subject.Kind} {subject.Name} is not known");
        AssertSums(document.Root);
        return document.Root;
    }

    private static void AssertSums(ExplanationNode node)
    {
        var sum = ExplanationNode.SumOf(node.Children);
        if (sum.TellsEstimate)
            Assert.Equal(sum.EstimatedAiCredits, node.Figures.EstimatedAiCredits);
        if (sum.TellsBill)
        {
            Assert.Equal(
                (sum.GrossNanoCredits, sum.NetNanoCredits), (node.Figures.GrossNanoCredits, node.Figures.NetNanoCredits));
        }

        foreach (var child in node.Children)
            AssertSums(child);
    }
}
