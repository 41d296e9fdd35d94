using TokenLedger.Application.Ports;

namespace TokenLedger.Storage.Tests.Contracts;

public abstract class AlertLogContract(IStorageUnderTest storage) : StorageContract(storage)
{
    public static TheoryData<string> HostileTexts => Hostile.Texts();

    [Fact]
    public async Task What_never_happened_is_unknown()
    {
        var alerts = await Storage.OpenAlertsAsync();

        Assert.Null(await alerts.FindAsync(Alert.FailedMessage, "collect-run", Token));
        Assert.Empty(await alerts.ReadAsync(Token).ToListAsync(Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_alert_comes_back_as_it_was_stored_and_is_replaced_whole(bool isOpen)
    {
        var alerts = await Storage.OpenAlertsAsync();
        await alerts.StoreAsync(Of("k", "s"), Token);
        var replaced = new Alert("k", "s", "", Some.Time, Some.Time.AddTicks(7), long.MaxValue, isOpen);

        await alerts.StoreAsync(replaced, Token);

        Assert.Equal(replaced, await (await Storage.OpenAlertsAsync()).FindAsync("k", "s", Token));
        Assert.Equal([replaced], await alerts.ReadAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Alerts_are_read_by_kind_then_subject_in_ordinal_order()
    {
        var alerts = await Storage.OpenAlertsAsync();
        var keys = new[] { ("b", "a"), ("a-b", "a"), ("a", "ä"), ("a", "b"), ("a", "B"), ("B", "z") };
        foreach (var (kind, subject) in keys)
            await alerts.StoreAsync(Of(kind, subject), Token);

        Assert.Equal(
            [("B", "z"), ("a", "B"), ("a", "b"), ("a", "ä"), ("a-b", "a"), ("b", "a")],
            await alerts.ReadAsync(Token).Select(alert => (alert.Kind, alert.Subject)).ToListAsync(Token));
        Assert.Equal(
            ["B", "b", "ä"],
            await alerts.ReadAsync("a", Token).Select(alert => alert.Subject).ToListAsync(Token));
        Assert.Empty(await alerts.ReadAsync("c", Token).ToListAsync(Token));
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public async Task Subjects_and_messages_may_be_any_text(string text)
    {
        var alerts = await Storage.OpenAlertsAsync();
        var alert = Of("kind", text) with { Message = text };
        await alerts.StoreAsync(alert, Token);
        await alerts.StoreAsync(Of("kind", "other"), Token);

        Assert.Equal(alert, await alerts.FindAsync("kind", text, Token));
        Assert.Contains(alert, await alerts.ReadAsync(Token).ToListAsync(Token));
        Assert.Equal(2, await alerts.ReadAsync(Token).CountAsync(Token));
    }

    [Fact]
    public async Task Kind_and_subject_do_not_run_into_each_other()
    {
        var alerts = await Storage.OpenAlertsAsync();
        var (one, other) = Hostile.LongTwins;
        var keys = new[] { ("a", "b/c"), ("a/b", "c"), ("a", "b|c"), ("a|b", "c"), ("k", one), ("k", other) };
        foreach (var (kind, subject) in keys)
            await alerts.StoreAsync(Of(kind, subject), Token);

        Assert.Equal(keys.Length, await alerts.ReadAsync(Token).CountAsync(Token));
        foreach (var (kind, subject) in keys)
            Assert.Equal(Of(kind, subject), await alerts.FindAsync(kind, subject, Token));
    }

    [Fact]
    public async Task A_process_that_dies_at_any_write_leaves_the_old_alert()
    {
        var alerts = await Storage.OpenAlertsAsync();
        await alerts.StoreAsync(Of("k", "s"), Token);
        var risen = Of("k", "s") with { Count = 2 };

        var writes = await KillAtEveryWriteAsync(
            _ => alerts.StoreAsync(risen, Token),
            async _ => Assert.Equal(Of("k", "s"), await alerts.FindAsync("k", "s", Token)));

        Assert.True(writes >= 1);
        Assert.Equal(risen, await alerts.FindAsync("k", "s", Token));
    }

    private static Alert Of(string kind, string subject) =>
        new(kind, subject, "It failed.", Some.Time, Some.Time.AddMinutes(1), 1, IsOpen: true);
}
