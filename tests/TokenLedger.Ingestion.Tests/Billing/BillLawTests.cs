using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Domain.Credits;
using TokenLedger.Ingestion.Billing;

namespace TokenLedger.Ingestion.Tests.Billing;

public sealed class BillLawTests
{
    private const string Header =
        "date,username,product,sku,model,quantity,unit_type,gross_amount,discount_amount,net_amount,organization,"
        + "repository";

    // Few different texts, so that many rows share a key; some that would run into each other without a separator.
    private static readonly Gen<string> Name = Gen.Elements("", "a", "ab", "b", "1:a", "webshop", "acme/webshop");

    private static readonly Gen<decimal> Usd = Gen.OneOf(
        Gen.Choose(-5_000_000, 50_000_000).Select(micro => micro / 1_000_000m),
        Gen.Choose(0, int.MaxValue).Select(nano => nano * 0.00000000001m));

    private static readonly Gen<Row> AnyRow =
        from day in Gen.Choose(1, 3)
        from user in Name
        from model in Gen.Elements("Claude Sonnet 5", "GPT-5 mini", "Auto: GPT-5 mini")
        from repository in Name
        from gross in Usd
        from net in Usd
        select new Row(day, user, model, repository, gross, net);

    private static readonly Arbitrary<Row[]> AnyRows = Gen.NonEmptyListOf(AnyRow)
        .Select(rows => rows.ToArray()).ToArbitrary();

    [Fact]
    public void The_order_of_the_rows_changes_nothing() => Check.QuickThrowOnFailure(Prop.ForAll(
        AnyRows, Gen.Choose(0, int.MaxValue).ToArbitrary(), (rows, seed) =>
            Fingerprint(Read(rows)) == Fingerprint(Read(Shuffled(rows, seed)))));

    [Fact]
    public void The_order_of_the_columns_changes_nothing() => Check.QuickThrowOnFailure(Prop.ForAll(
        AnyRows, Gen.Choose(0, int.MaxValue).ToArbitrary(), (rows, seed) =>
        {
            var order = Shuffled([.. Enumerable.Range(0, Header.Split(',').Length)], seed);
            var lines = Text(rows).Split('\n').Select(line => line.Split(','));
            var moved = string.Join('\n', lines.Select(cells => string.Join(',', order.Select(at => cells[at]))));
            return Fingerprint(Read(rows)) == Fingerprint(Read(moved));
        }));

    [Fact]
    public void Charges_add_up_to_the_rows_of_their_day() => Check.QuickThrowOnFailure(Prop.ForAll(AnyRows, rows =>
    {
        var days = Read(rows).Days;
        return rows.GroupBy(row => row.Day).All(day =>
        {
            var charges = days.Single(bill => bill.Day.Day == day.Key).Charges;
            return charges.Sum(charge => charge.GrossNanoCredits) == NanoCredits(day.Sum(row => row.Gross))
                && charges.Sum(charge => charge.NetNanoCredits) == NanoCredits(day.Sum(row => row.Net));
        });
    }));

    [Fact]
    public void There_is_one_charge_for_every_different_row_and_every_charge_has_its_own_id() =>
        Check.QuickThrowOnFailure(Prop.ForAll(AnyRows, rows =>
        {
            var keys = rows.Select(row => row with { Gross = 0, Net = 0 }).Distinct().Count();
            var ids = Read(rows).Days.SelectMany(day => day.Charges).Select(charge => charge.Id).ToList();
            return ids.Count == keys && ids.Distinct().Count() == keys && ids.TrueForAll(id => id.Length == 32);
        }));

    [Fact]
    public void Another_amount_keeps_the_ids_and_changes_the_hash_of_its_day_alone() =>
        Check.QuickThrowOnFailure(Prop.ForAll(AnyRows, rows =>
        {
            var before = Read(rows);
            var after = Read([rows[0] with { Gross = rows[0].Gross + 0.00000000001m }, .. rows[1..]]);
            return before.Days.Zip(after.Days).All(pair =>
                pair.First.Charges.Select(charge => charge.Id)
                    .SequenceEqual(pair.Second.Charges.Select(charge => charge.Id))
                && (pair.First.ContentHash != pair.Second.ContentHash) == (pair.First.Day.Day == rows[0].Day));
        }));

    [Theory]
    [MemberData(nameof(BillCaseTests.Names), MemberType = typeof(BillCaseTests))]
    public void The_same_file_read_again_is_the_same_bill(string name) =>
        Assert.Equal(Fingerprint(BillCases.Read(name)), Fingerprint(BillCases.Read(name)));

    [Fact]
    public void Amounts_too_fine_for_one_decimal_add_up_alike_in_every_order()
    {
        string[] amounts = ["1000000.00000000000000000001", "0.123456789012345678901234567", "-999999.999999999999"];
        var prints = new[] { amounts, [.. amounts.Reverse()], [amounts[1], amounts[0], amounts[2]] }
            .Select(order => Fingerprint(Read(Header + string.Concat(
                order.Select(usd => $"\n2026-11-18,,copilot,copilot_ai_credit,X,1,ai-credits,{usd},0,0,acme,")))));

        Assert.Single(prints.Distinct());
    }

    private static long NanoCredits(decimal usd) => AiCredits.NanoCreditsFromUsd(usd);

    private static string Fingerprint(BillFile file) => string.Join('\n', file.Days.Select(day =>
        $"{day.Account.Key} {day.View} {day.Day:O} {day.Filter} {day.ContentHash} "
        + string.Join(',', day.Charges.Select(charge => charge.Id))));

    private static BillFile Read(Row[] rows) => Read(Text(rows));

    private static BillFile Read(string text)
    {
        var file = BillReader.Read(Encoding.UTF8.GetBytes(text), "law.csv", new BillHints(), BillCases.Names);
        Assert.Empty(file.Problems);
        return file;
    }

    private static string Text(Row[] rows) => Header + string.Concat(rows.Select(row => string.Create(
        CultureInfo.InvariantCulture,
        $"\n2026-11-0{row.Day},{row.User},copilot,copilot_ai_credit,{row.Model},1,ai-credits,"
        + $"{row.Gross},0,{row.Net},acme,{row.Repository}")));

    private static T[] Shuffled<T>(T[] items, int seed)
    {
        var copy = items.ToArray();
        new System.Random(seed).Shuffle(copy);
        return copy;
    }

    private sealed record Row(int Day, string User, string Model, string Repository, decimal Gross, decimal Net);
}
