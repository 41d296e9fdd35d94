using TokenLedger.Application.Configuration;
using TokenLedger.Application.Diagnosis;
using TokenLedger.Application.Ports;
using TokenLedger.Storage.Sqlite;

namespace TokenLedger.Cli.Tests.Doctor;

public sealed class StorageCheckTests : IDisposable
{
    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task What_is_missing_is_named()
    {
        var row = Assert.Single(await LookAsync(Facts with { Missing = ["runs", "collect-run-poison"] }, null));

        Assert.Equal(("TL1013", CheckState.Warning), (row.Code, row.State));
        Assert.Equal("Missing: runs, collect-run-poison.", row.Seen);
    }

    [Theory]
    [InlineData(99, "TL1015", CheckState.Problem)]
    [InlineData(101, "TL1015", CheckState.Warning)]
    [InlineData(1_023, "TL1015", CheckState.Warning)]
    [InlineData(1_024, null, CheckState.Ok)]
    public async Task Little_room_is_a_warning_and_hardly_any_a_problem(long mebibytes, string? code, CheckState state)
    {
        var rows = await LookAsync(Facts with { FreeBytes = mebibytes << 20 }, null);

        Assert.Equal((code, state), (rows[^1].Code, rows[^1].State));
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_written_is_told_with_the_reason()
    {
        await using var storage = new SqliteLedgerStorage(bench.Path("ledger.db"), new StoppedClock(bench.Now));
        Assert.Null((await LookAsync(Facts, storage))[1].Code);

        var row = (await LookAsync(Facts, new UnwritableStorage(storage)))[1];

        Assert.Equal(("TL1014", CheckState.Problem), (row.Code, row.State));
        Assert.Equal("Nothing can be written: the disk is read-only.", row.Seen);
        Assert.Contains("writable", row.Fix);
    }

    private static StorageFacts Facts => new(StorageKind.Sqlite, "ledger.db") { Exists = true };

    private Task<IReadOnlyList<CheckResult>> LookAsync(StorageFacts facts, ILedgerStorage? storage) =>
        new StorageCheck(facts, storage, new StoppedClock(bench.Now)).RunAsync(Workbench.Token);
}
