using TokenLedger.Application.Rebuilding;
using TokenLedger.Application.Records;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Application.Tests.Rebuilding;

public sealed class CarryDecisionsTests
{
    private static readonly RecordTable Authored =
        new("decisions", [new("text", RecordColumnKind.Text)]) { IsAuthored = true };

    private static readonly RecordTable Derived = new("figures", [new("text", RecordColumnKind.Text)]);

    private readonly InMemoryRecords from = new();
    private readonly KillSwitch kill = new();
    private readonly InMemoryRecords to;

    public CarryDecisionsTests() => to = new InMemoryRecords(kill);

    [Fact]
    public async Task Authored_rows_that_are_missing_are_taken_over_and_nothing_else_is_touched()
    {
        await from.PutAsync(
            [Row(Authored, "a", "old"), Row(Authored, "b", "old"), Row(Derived, "a", "old")], Workplace.Token);
        await to.PutAsync([Row(Authored, "b", "decided since")], Workplace.Token);

        Assert.Equal(new CarriedDecisions(2, 1), await CarryAsync());

        Assert.Equal([("a", "old"), ("b", "decided since")], await ReadAsync(Authored));
        Assert.Empty(await ReadAsync(Derived));
    }

    [Fact]
    public async Task Done_again_it_takes_nothing()
    {
        await from.PutAsync([Row(Authored, "a", "old")], Workplace.Token);
        await CarryAsync();

        Assert.Equal(new CarriedDecisions(1, 0), await CarryAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Killed_before_any_call_and_run_again_it_has_taken_everything(int call)
    {
        await from.PutAsync(
            [Row(Authored, "a", "old"), Row(Authored, "b", "old"), Row(Authored, "c", "old")], Workplace.Token);
        kill.Arm(call);
        await Assert.ThrowsAsync<ProcessKilledException>(CarryAsync);
        kill.Arm(null);

        Assert.Equal(3 - call, (await CarryAsync()).Taken);

        Assert.Equal([("a", "old"), ("b", "old"), ("c", "old")], await ReadAsync(Authored));
    }

    private Task<CarriedDecisions> CarryAsync() =>
        new CarryDecisions([Authored, Derived]).ExecuteAsync(from, to, Workplace.Token);

    private async Task<IReadOnlyList<(string, string?)>> ReadAsync(RecordTable table) => await to
        .ReadAsync(table, null, null, Workplace.Token)
        .Select(stored => (stored.Row.RowKey, stored.Row.Text("text")))
        .ToListAsync(Workplace.Token);

    private static RecordRow Row(RecordTable table, string key, string text) =>
        new RecordRow(table, "2026-11", key).Set("text", text);
}
