using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Tests.Tables;

public sealed class TableFilterTests
{
    public static TheoryData<TableFilter, string> Filters() => new()
    {
        { TableFilter.Equal("A", "o'brien ''"), "A eq 'o''brien '''''" },
        { TableFilter.NotEqual("A", 5), "A ne 5" },
        { TableFilter.Less("A", -9_007_199_254_740_993), "A lt -9007199254740993L" },
        { TableFilter.LessOrEqual("A", 2.0), "A le 2.0" },
        { TableFilter.Greater("A", 1e-7), "A gt 1E-07" },
        { TableFilter.GreaterOrEqual("A", false), "A ge false" },
        { TableFilter.Equal("A", new byte[] { 0, 171 }), "A eq X'00ab'" },
        { TableFilter.Equal("A", new Guid("0f8fad5b-d9cb-469f-a165-70867728950e")), "A eq guid'0f8fad5b-d9cb-469f-a165-70867728950e'" },
        {
            TableFilter.Equal("Timestamp", new DateTimeOffset(2026, 1, 1, 2, 0, 0, TimeSpan.FromHours(2))),
            "Timestamp eq datetime'2026-01-01T00:00:00.0000000Z'"
        },
        { TableFilter.Partition("p").And(TableFilter.Prefix("RowKey", "x|")), "(PartitionKey eq 'p') and ((RowKey ge 'x|') and (RowKey lt 'x}'))" },
        { TableFilter.Equal("A", 1).Or(TableFilter.Equal("B", 2).Not()), "(A eq 1) or (not (B eq 2))" },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public void A_filter_is_written_as_the_service_reads_it(TableFilter filter, string text) => Assert.Equal(text, filter.ToString());

    [Theory]
    [InlineData("A eq 1 or B")]
    [InlineData("")]
    [InlineData("A'")]
    public void A_column_that_is_no_name_is_refused(string column) => Assert.Throws<ArgumentException>(() => TableFilter.Equal(column, 1));

    [Fact]
    public void Nothing_can_be_compared_with_nothing() => Assert.Throws<ArgumentException>(() => TableFilter.Equal("A", (string?)null));

    [Theory]
    [InlineData("")]
    [InlineData("a\uFFFF")]
    [InlineData("a\uD7FF")]
    [InlineData("a🦊")]
    public void A_prefix_that_has_no_end_is_refused(string prefix) => Assert.Throws<ArgumentException>(() => TableFilter.Prefix("RowKey", prefix));

    [Fact]
    public void A_filter_has_at_most_15_comparisons()
    {
        var filter = Enumerable.Range(0, 15).Select(at => TableFilter.Equal("A", at)).Aggregate((left, right) => left.Or(right));
        Assert.Contains("15", Assert.Throws<ArgumentException>(() => filter.Or(TableFilter.Equal("A", 15))).Message, StringComparison.Ordinal);
    }
}
