using TokenLedger.Application.Budgets;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Messages;
using TokenLedger.Domain.Budgets;
using TokenLedger.Hosting.Composition;
using TokenLedger.Hosting.Tests.Served;
using TokenLedger.Hosting.Workers;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Storage.Sqlite;

namespace TokenLedger.Hosting.Tests.Workers;

public sealed class BudgetMessagesTests : IAsyncDisposable
{
    private static readonly DateOnly Day = new(2026, 10, 11);

    private static readonly LedgerConfiguration WithBudget = new()
    {
        Budgets = [new Budget { Name = "all", Period = BudgetPeriodKind.Month, LimitNanoCredits = 1 }],
    };

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tokenledger-budgets-");
    private readonly ManualClock clock = new(new DateTimeOffset(2026, 10, 12, 9, 0, 0, TimeSpan.Zero));
    private readonly RecordingEvaluation evaluation = new();
    private readonly SqliteLedgerStorage storage;
    private readonly ProviderSources sources;

    public BudgetMessagesTests()
    {
        storage = new SqliteLedgerStorage(Path.Combine(folder.FullName, "ledger.db"), clock);
        sources = new ProviderSources(new(), new(), clock);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        sources.Dispose();
        await storage.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_burst_of_reconciled_days_is_one_message_a_day_that_waits_for_a_minute()
    {
        var services = Services(WithBudget);
        foreach (var day in new[] { Day, Day, Day.AddDays(1), Day })
            Assert.True(await HandleAsync(services, new ReconcileDayMessage(day)));

        Assert.Equal(2, await WaitingAsync());
        Assert.Null(await TakeAsync());
        clock.Advance(TimeSpan.FromSeconds(60));
        // Nothing of either day was stored: usage that no bill pays for counts in budgets all the same.
        Assert.Equal(new EvaluateBudgetsMessage(Day), await TakeAsync());
        Assert.Equal(new EvaluateBudgetsMessage(Day.AddDays(1)), await TakeAsync());
    }

    [Fact]
    public async Task A_day_that_changes_after_its_message_may_be_seen_is_queued_again()
    {
        var services = Services(WithBudget);
        await HandleAsync(services, new ReconcileDayMessage(Day));
        clock.Advance(TimeSpan.FromSeconds(60));

        await HandleAsync(services, new ReconcileDayMessage(Day));

        Assert.Equal(2, await WaitingAsync());
    }

    [Fact]
    public async Task Without_a_budget_nothing_is_queued_or_evaluated()
    {
        var services = Services(new());
        await HandleAsync(services, new ReconcileDayMessage(Day));

        Assert.Equal(0, await WaitingAsync());
        // One that was queued before the budgets were taken out of the configuration.
        Assert.True(await HandleAsync(services, new EvaluateBudgetsMessage(Day)));
        Assert.Equal("EvaluateBudgetsOnTimer: no budget to evaluate.", (await BudgetTimer.RunAsync(services, Token)).Log);
        Assert.Empty(evaluation.Asked);
    }

    [Fact]
    public async Task A_message_has_its_day_evaluated_and_the_timer_has_now()
    {
        var services = Services(WithBudget);

        Assert.True(await HandleAsync(services, new EvaluateBudgetsMessage(Day)));
        Assert.True((await BudgetTimer.RunAsync(services, Token)).IsDone);

        Assert.Equal(["2026-10-11", ""], evaluation.Asked);
        Assert.NotNull(await storage.Checkpoints.FindAsync("success/" + BudgetTimer.Name, Token));
    }

    [Fact]
    public async Task A_message_that_nobody_evaluates_is_done()
    {
        var services = new LedgerServices(storage, WithBudget, PriceBookReader.Shipped(), sources, clock);

        Assert.True(await HandleAsync(services, new EvaluateBudgetsMessage(Day)));
    }

    [Fact]
    public async Task An_evaluation_that_fails_leaves_the_message_and_names_no_secret()
    {
        evaluation.Fault = new InvalidOperationException("hush");
        var services = Services(WithBudget);

        Assert.False(await HandleAsync(services, new EvaluateBudgetsMessage(Day)));
        var timed = await BudgetTimer.RunAsync(services, Token);

        Assert.Equal(
            (false, "EvaluateBudgetsOnTimer: failed (InvalidOperationException)."), (timed.IsDone, timed.Log));
        Assert.Null(await storage.Checkpoints.FindAsync("success/" + BudgetTimer.Name, Token));
    }

    private LedgerServices Services(LedgerConfiguration configuration) =>
        new(storage, configuration, PriceBookReader.Shipped(), sources, clock, evaluateBudgets: evaluation);

    private static async Task<bool> HandleAsync(LedgerServices services, LedgerMessage message) =>
        (await services.Messages.HandleAsync(message.QueueName, MessageFormat.Write(message, null), Token)).IsDone;

    private async Task<long> WaitingAsync() => (await storage.QueueDepths.ReadDepthsAsync(Token))
        .Single(depth => depth.QueueName == QueueNames.EvaluateBudgets).Messages;

    private async Task<LedgerMessage?> TakeAsync() =>
        await storage.Receiver.ReceiveAsync(QueueNames.EvaluateBudgets, TimeSpan.FromMinutes(1), Token) is { } received
            ? MessageFormat.Read(received.Text)?.Message
            : null;

    private sealed class RecordingEvaluation : IEvaluateBudgets
    {
        public List<string> Asked { get; } = [];

        public Exception? Fault { get; set; }

        public Task ExecuteAsync(IReadOnlyList<DateOnly> days, CancellationToken cancellation)
        {
            Asked.Add(string.Join(',', days.Select(day => day.ToString("O", null))));
            return Fault is null ? Task.CompletedTask : Task.FromException(Fault);
        }
    }
}
