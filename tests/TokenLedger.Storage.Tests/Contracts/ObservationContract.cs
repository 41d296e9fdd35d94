using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Storage.Tests.Contracts;

/// <summary>Looks at bills, as the ledger keeps them.</summary>
public abstract class ObservationContract(IStorageUnderTest storage) : StorageContract(storage)
{
    public static TheoryData<string> HostileTexts => Hostile.Texts();

    [Fact]
    public async Task A_look_comes_back_as_it_was_stored()
    {
        await using var store = await Storage.OpenLedgerAsync();
        var look = Some.Look();

        Assert.True(await store.StoreObservationAsync(look, Token));

        var read = Assert.Single(await store.ReadObservationsAsync(null, null, null, Token).ToListAsync(Token));
        AssertSame(look, read);
        Assert.Equal("Acme", read.Account.Name);
    }

    [Fact]
    public async Task A_look_that_shows_nothing_is_a_look()
    {
        await using var store = await Storage.OpenLedgerAsync();
        var look = Some.Look() with { Charges = [], GrossNanoCredits = 0 };

        Assert.True(await store.StoreObservationAsync(look, Token));

        AssertSame(look, Assert.Single(await store.ReadObservationsAsync(null, null, null, Token).ToListAsync(Token)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_look_keeps_whether_rows_of_it_could_not_be_read(bool isIncomplete)
    {
        await using var store = await Storage.OpenLedgerAsync();
        await store.StoreObservationAsync(Some.Look() with { IsIncomplete = isIncomplete }, Token);

        var read = Assert.Single(await store.ReadObservationsAsync(null, null, null, Token).ToListAsync(Token));

        Assert.Equal(isIncomplete, read.IsIncomplete);
    }

    [Fact]
    public async Task The_same_raw_file_changes_nothing_however_a_folder_is_imported_again()
    {
        await using var store = await Storage.OpenLedgerAsync();
        var first = Some.Look(gross: 1, hash: "old", rawFile: "bills/1/a.csv");
        var second = Some.Look(gross: 2, hash: "new", rawFile: "bills/2/b.csv");
        await store.StoreObservationAsync(first, Token);
        await store.StoreObservationAsync(second, Token);

        Assert.False(await store.StoreObservationAsync(first with { ObservedAt = Some.Time.AddDays(1) }, Token));
        Assert.False(await store.StoreObservationAsync(second with { ObservedAt = Some.Time.AddDays(1) }, Token));
        Assert.False(await store.StoreObservationAsync(second with { RawFile = "bills/3/c.csv" }, Token));
        Assert.True(
            await store.StoreObservationAsync(
                second with { RawFile = "bills/3/c.csv", ObservedAt = Some.Time.AddDays(1) }, Token));

        var newest = await store.ReadObservationsAsync(Some.Account, null, null, Token).LastAsync(Token);
        Assert.Equal("new", newest.ContentHash);
    }

    [Fact]
    public async Task A_bill_that_goes_back_to_what_it_was_is_a_new_look()
    {
        await using var store = await Storage.OpenLedgerAsync();
        await store.StoreObservationAsync(Some.Look(hash: "a", rawFile: "bills/1/a.csv"), Token);
        await store.StoreObservationAsync(
            Some.Look(hash: "b", at: Some.Time.AddDays(1), rawFile: "bills/2/a.csv"), Token);

        Assert.True(await store.StoreObservationAsync(
            Some.Look(hash: "a", at: Some.Time.AddDays(2), rawFile: "bills/3/a.csv"), Token));

        Assert.Equal(
            ["a", "b", "a"],
            await store.ReadObservationsAsync(null, null, null, Token)
                .Select(look => look.ContentHash).ToListAsync(Token));
    }

    [Fact]
    public async Task Looks_are_read_by_account_and_days_over_the_end_of_a_month_in_order()
    {
        await using var store = await Storage.OpenLedgerAsync();
        var other = new BillingAccount("anthropic", BillingAccountKind.Organization, "Acme");
        foreach (var day in new DateOnly[] { new(2027, 1, 1), new(2026, 12, 31), new(2026, 12, 1), new(2026, 11, 30) })
        {
            await store.StoreObservationAsync(Some.Look(hash: "l", at: Some.Time.AddHours(1), day: day), Token);
            await store.StoreObservationAsync(Some.Look(hash: "e", day: day, rawFile: "bills/b/y.csv"), Token);
            await store.StoreObservationAsync(Some.Look(hash: "o", day: day) with { Account = other }, Token);
        }

        async Task<List<string>> ReadAsync(BillingAccount? account, DateOnly? from, DateOnly? to) => await store
            .ReadObservationsAsync(account, from, to, Token)
            .Select(look => $"{look.Day:MM-dd} {look.ContentHash}").ToListAsync(Token);

        Assert.Equal(
            ["12-01 e", "12-01 l", "12-31 e", "12-31 l"],
            await ReadAsync(Some.Account, new DateOnly(2026, 12, 1), new DateOnly(2027, 1, 1)));
        Assert.Equal(["01-01 o"], await ReadAsync(other, new DateOnly(2027, 1, 1), null));
        Assert.Equal(["11-30 o"], await ReadAsync(other, null, new DateOnly(2026, 12, 1)));
        Assert.Equal(12, (await ReadAsync(null, null, null)).Count);
    }

    [Fact]
    public async Task An_account_is_one_in_any_case()
    {
        await using var store = await Storage.OpenLedgerAsync();
        await store.StoreObservationAsync(Some.Look(), Token);

        Assert.False(await store.StoreObservationAsync(
            Some.Look() with { Account = Some.Account with { Name = "ACME" } }, Token));
        Assert.Single(await store.ReadObservationsAsync(
            Some.Account with { Name = "aCME" }, null, null, Token).ToListAsync(Token));
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public async Task Names_on_a_bill_may_be_any_text(string text)
    {
        await using var store = await Storage.OpenLedgerAsync();
        var account = new BillingAccount("github", BillingAccountKind.Organization, text);
        var value = Dimension.Value(text);
        var charge = Some.Look().Charges[0] with
        {
            Account = account, Id = text, Channel = new Channel(text), Product = text, Sku = text, ModelText = text,
            Unit = text,
            Dimensions = new ChargeDimensions
            {
                Organization = value, Repository = value, WorkflowPath = value, User = value, CostCenter = value,
                Workspace = value, Project = value, ApiKey = value, Model = value, ServiceTier = value,
                ContextBand = value,
            },
        };
        var look = Some.Look(hash: text, rawFile: text) with { Account = account, Filter = text, Charges = [charge] };
        await store.StoreObservationAsync(Some.Look(), Token);

        Assert.True(await store.StoreObservationAsync(look, Token));

        AssertSame(
            look, Assert.Single(await store.ReadObservationsAsync(account, null, null, Token).ToListAsync(Token)));
        Assert.False(await store.StoreObservationAsync(look, Token));
    }

    [Fact]
    public async Task The_largest_amounts_and_15_decimals_are_kept_exactly()
    {
        await using var store = await Storage.OpenLedgerAsync();
        var charge = Some.Look().Charges[0];
        var look = Some.Look() with
        {
            GrossNanoCredits = long.MaxValue,
            Charges =
            [
                charge with
                {
                    Id = "1", GrossNanoCredits = long.MaxValue, NetNanoCredits = long.MinValue,
                    Quantity = 98765432109876.123456789012345m, UnitPriceUsd = 0.000000000000001m,
                    Tokens = new BilledTokens(long.MaxValue, 0, 9_007_199_254_740_993, 1),
                },
                charge with { Id = "2", GrossNanoCredits = -1, NetNanoCredits = null, Quantity = null, Tokens = null },
            ],
        };

        await store.StoreObservationAsync(look, Token);

        AssertSame(look, Assert.Single(await store.ReadObservationsAsync(null, null, null, Token).ToListAsync(Token)));
    }

    [Fact]
    public async Task A_look_may_have_1200_charges()
    {
        await using var store = await Storage.OpenLedgerAsync();
        var charge = Some.Look().Charges[0];
        var look = Some.Look() with
        {
            Charges = [.. Enumerable.Range(1000, 1200).Select(number => charge with { Id = "charge-" + number })],
        };

        await store.StoreObservationAsync(look, Token);

        AssertSame(look, Assert.Single(await store.ReadObservationsAsync(null, null, null, Token).ToListAsync(Token)));
    }

    [Fact]
    public async Task A_process_that_dies_at_any_write_leaves_no_half_look()
    {
        await using var store = await Storage.OpenLedgerAsync();
        static DateOnly DayOf(int write) => Some.Day.AddDays(write);

        var writes = await KillAtEveryWriteAsync(
            write => store.StoreObservationAsync(Some.Look(day: DayOf(write)), Token),
            async write =>
            {
                var (from, to) = (DayOf(write), DayOf(write + 1));
                await foreach (var look in store.ReadObservationsAsync(null, from, to, Token))
                    AssertSame(Some.Look(day: from), look);
                await store.StoreObservationAsync(Some.Look(day: from), Token);
                AssertSame(
                    Some.Look(day: from),
                    Assert.Single(await store.ReadObservationsAsync(null, from, to, Token).ToListAsync(Token)));
            });

        Assert.True(writes >= 1);
    }

    private static void AssertSame(Observation expected, Observation read)
    {
        Assert.Equal(expected.Charges, read.Charges);
        Assert.Equal(expected with { Charges = read.Charges }, read);
    }
}
