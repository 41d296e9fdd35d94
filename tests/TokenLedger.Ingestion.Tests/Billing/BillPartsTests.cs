using System.Text;
using TokenLedger.Domain.Charges;
using TokenLedger.Ingestion.Billing;
using TokenLedger.Ingestion.Prices;

namespace TokenLedger.Ingestion.Tests.Billing;

public sealed class BillPartsTests
{
    [Theory]
    [InlineData(3, "costCenter=|costCenter=a", "bill-in-parts")]
    [InlineData(2, "", "")]
    public void Parts_are_the_whole_bill_only_when_none_is_missing(int parts, string filters, string notice)
    {
        var bill = Read($"[{Part(parts, null, 1)},{Part(parts, "a", 2)}]");

        Assert.Equal(filters, string.Join('|', bill.Days.Select(day => day.Filter)));
        Assert.Equal(300_000_000_000, bill.Days.SelectMany(day => day.Charges).Sum(charge => charge.GrossNanoCredits));
        Assert.Equal(notice, string.Join('|', bill.Notices.Select(item => item.Code)));
    }

    [Fact]
    public void Equal_rows_of_two_cost_centres_stay_two_charges_whatever_the_order_of_the_answers()
    {
        var one = Read($"[{Part(2, "a", 5)},{Part(2, "b", 5)}]").Days;
        var other = Read($"[{Part(2, "b", 5)},{Part(2, "a", 5)}]").Days;

        Assert.Equal(2, Assert.Single(one).Charges.Select(charge => charge.Id).Distinct().Count());
        Assert.Equal(one[0].ContentHash, Assert.Single(other).ContentHash);
    }

    [Fact]
    public void A_part_without_rows_is_a_part_and_all_of_them_empty_are_an_empty_bill()
    {
        var day = Assert.Single(Read($"[{Part(2, null, null)},{Part(2, "a", null)}]").Days);

        Assert.Equal(("", 0, BillView.Usage), (day.Filter, day.Charges.Count, day.View));
    }

    [Fact]
    public void An_answer_cannot_say_of_itself_that_it_is_a_part()
    {
        var bill = Read("""
            {"url":"https://api.example/enterprises/inc/settings/billing/usage?year=2026&month=11&day=18","response":{"parts":1,"usageItems":[]}}
            """);

        Assert.Equal("costCenter=", Assert.Single(bill.Days).Filter);
    }

    private static BillFile Read(string json) => BillReader.Read(
        Encoding.UTF8.GetBytes(json), "bill.json", new BillHints(), PriceBookReader.Shipped().Names);

    private static string Part(int parts, string? center, int? usd)
    {
        var (named, query) = center is null ? ("", "") : ($"\"costCenter\":\"{center}\",", $"&cost_center_id=id-{center}");
        var item = usd is null
            ? ""
            : $$"""{"date":"2026-11-18","product":"Copilot","sku":"Copilot AI Credits","quantity":1,"unitType":"ai-credits","grossAmount":{{usd}},"netAmount":0,"discountAmount":{{usd}},"organizationName":"acme"}""";
        return $$$"""
            {"url":"https://api.example/enterprises/inc/settings/billing/usage?year=2026&month=11&day=18{{{query}}}",{{{named}}}"parts":{{{parts}}},"response":{"usageItems":[{{{item}}}]}}
            """;
    }
}
