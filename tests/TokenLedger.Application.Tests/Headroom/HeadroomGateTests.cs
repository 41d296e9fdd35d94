using TokenLedger.Application.Budgets;
using TokenLedger.Application.Headroom;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Records;
using TokenLedger.Domain.Budgets;
using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Headroom;
using TokenLedger.Domain.Usage;
using TokenLedger.Storage.Sqlite.Records;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Application.Tests.Headroom;

public sealed class HeadroomGateTests : IDisposable
{
    private readonly TestClock clock = new(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tokenledger-headroom-");

    private static readonly Budget Budget = new()
    {
        Name = "Web", Period = BudgetPeriodKind.Month, LimitNanoCredits = 1_000, Enforcement = BudgetEnforcement.Hard,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Fifty_who_ask_at_once_in_two_processes_never_get_more_than_is_left()
    {
        var gates = Enumerable.Range(0, 2).Select(_ => Gate(new SqliteRecords(Ledger))).ToArray();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(at => Task.Run(
            () => gates[at % 2].AskAsync("web", Request($"r{at}", 30 + at), Token), Token)));

        var granted = answers.Where(answer => answer!.Reservation is not null)
            .Sum(answer => answer!.Reservation!.NanoCredits);
        // Whoever was denied asked for more than what is left in the end.
        Assert.InRange(granted, 700 - 78, 700);
        Assert.All(answers, answer => Assert.Equal(
            answer!.Reservation is null, answer.Verdict == HeadroomVerdict.Deny));
        Assert.DoesNotContain(answers, answer => answer!.Reason == HeadroomReason.Contended);
    }

    [Fact]
    public async Task Fifty_questions_of_one_process_are_few_writes()
    {
        var records = new SlowRecords(new InMemoryRecords());
        var gate = Gate(records);

        var asked = Enumerable.Range(0, 50).Select(at => gate.AskAsync("web", Request($"r{at}", 1), Token)).ToList();
        records.Go();
        await Task.WhenAll(asked);

        Assert.InRange(records.Writes, 1, 3);
        Assert.Equal(50, asked.Count(answer => answer.Result!.Reservation is not null));
    }

    [Fact]
    public async Task A_caller_who_gives_up_leaves_the_others_their_answers_and_finds_its_room_again()
    {
        var records = new SlowRecords(new InMemoryRecords());
        var gate = Gate(records);
        using var gaveUp = new CancellationTokenSource();
        var run = new RunKey(RunKey.PublicHost, 7, 1);
        var first = gate.AskAsync("web", Request("a", 500) with { Run = run }, gaveUp.Token);
        var other = gate.AskAsync("web", Request("b", 100), Token);

        await gaveUp.CancelAsync();
        records.Go();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.NotNull((await other)!.Reservation);
        var again = await gate.AskAsync("web", Request("c", 500) with { Run = run }, Token);
        Assert.Equal(500, again!.Reservation!.NanoCredits);
        Assert.Equal(100, again.ReservedNanoCredits);
    }

    [Fact]
    public async Task A_fault_of_the_storage_meets_who_asked_and_the_next_question_is_served()
    {
        var kill = new KillSwitch();
        var gate = Gate(new InMemoryRecords(kill));
        kill.Arm(1);

        await Assert.ThrowsAsync<ProcessKilledException>(() => gate.AskAsync("web", Request("a", 1), Token));

        kill.Arm(null);
        Assert.NotNull(await gate.AskAsync("web", Request("b", 1), Token));
    }

    [Fact]
    public async Task Room_is_given_back_by_its_id_and_once_the_runs_usage_is_known()
    {
        var records = new InMemoryRecords();
        var gate = Gate(records);
        var run = new RunKey(RunKey.PublicHost, 7, 1);
        var named = await gate.AskAsync("web", Request("a", 100), Token);
        await gate.AskAsync("web", Request("b", 200) with { Run = run }, Token);

        Assert.True(await gate.ReleaseAsync("WEB", named!.Reservation!.Id, Token));
        Assert.False(await gate.ReleaseAsync("web", named.Reservation.Id, Token));
        Assert.Null(await gate.ReleaseAsync("other", named.Reservation.Id, Token));
        Assert.Equal(200, await ReservedAsync(gate));

        var release = new ReleaseReservations(records, new InMemoryLedgerStore(), [Budget], clock);
        Assert.Empty(await release.KnownAsync(Token));
        Assert.Equal(0, await release.ExecuteAsync(new HashSet<RunKey>(), Token));
        Assert.Equal(200, await ReservedAsync(gate));
        Assert.Equal(1, await release.ExecuteAsync(new HashSet<RunKey> { run }, Token));
        Assert.Equal(0, await ReservedAsync(gate));
    }

    [Fact]
    public async Task A_question_that_reserves_nothing_writes_nothing()
    {
        var records = new SlowRecords(new InMemoryRecords());
        records.Go();
        var gate = Gate(records);

        await gate.AskAsync("web", Request("a", 10) with { Reserves = false }, Token);
        await gate.AskAsync("web", Request("b", 0), Token);
        await gate.AskAsync("web", Request("c", 5_000), Token);

        Assert.Equal(0, records.Writes);
        Assert.Null(await gate.AskAsync("other", Request("d", 1), Token));
    }

    private string Ledger => Path.Combine(folder.FullName, "ledger.db");

    private static async Task<long> ReservedAsync(HeadroomGate gate) =>
        (await gate.AskAsync("web", Request("look", 0), Token))!.ReservedNanoCredits;

    private HeadroomGate Gate(IRecords records) => new(new SpentSoFar(clock, 300), records, [Budget], clock);

    private static HeadroomRequest Request(string id, long asked) =>
        new(id, asked, null, Reserves: true, HeadroomRequest.UsualExpiry);

    /// <summary>A budget of which so much is spent.</summary>
    private sealed class SpentSoFar(TestClock clock, long spent) : IBudgetStatuses
    {
        public Task<BudgetStatus?> FindAsync(Budget budget, DateTimeOffset now, CancellationToken cancellation) =>
            Task.FromResult<BudgetStatus?>(new BudgetStatus
            {
                Budget = budget,
                From = new DateOnly(2026, 11, 1),
                To = new DateOnly(2026, 12, 1),
                LimitNanoCredits = budget.LimitNanoCredits,
                SettledNanoCredits = spent,
                ProvisionalNanoCredits = 0,
                EstimatedNanoCredits = 0,
                Spent = new CalibratedAmount(spent, spent, spent),
                IncompleteReasons = [],
                EvaluatedAt = clock.GetUtcNow(),
            });
    }

    /// <summary>Records whose first read waits until it is told to go on, and that count writes.</summary>
    private sealed class SlowRecords(IRecords inner) : IRecords
    {
        private readonly TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int writes;

        public int Writes => writes;

        public void Go() => gone.SetResult();

        public async Task<StoredRecord?> FindAsync(
            RecordTable table, string partitionKey, string rowKey, CancellationToken cancellation)
        {
            await gone.Task;
            return await inner.FindAsync(table, partitionKey, rowKey, cancellation);
        }

        public IAsyncEnumerable<StoredRecord> ReadAsync(
            RecordTable table, string? from, string? to, CancellationToken cancellation) =>
            inner.ReadAsync(table, from, to, cancellation);

        public IAsyncEnumerable<StoredRecord> ReadPartitionAsync(
            RecordTable table, string partitionKey, CancellationToken cancellation) =>
            inner.ReadPartitionAsync(table, partitionKey, cancellation);

        public Task PutAsync(IReadOnlyList<RecordRow> rows, CancellationToken cancellation) =>
            inner.PutAsync(rows, cancellation);

        public Task<string?> ReplaceAsync(RecordRow row, string? version, CancellationToken cancellation)
        {
            Interlocked.Increment(ref writes);
            return inner.ReplaceAsync(row, version, cancellation);
        }

        public Task<bool> RemoveAsync(
            RecordTable table, string partitionKey, string rowKey, string version, CancellationToken cancellation) =>
            inner.RemoveAsync(table, partitionKey, rowKey, version, cancellation);
    }
}
