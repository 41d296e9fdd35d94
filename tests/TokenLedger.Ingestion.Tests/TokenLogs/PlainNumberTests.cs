using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Ingestion.TokenLogs.Records;

namespace TokenLedger.Ingestion.Tests.TokenLogs;

public sealed class PlainNumberTests
{
    [Theory]
    [InlineData("0,", 1, "0")]
    [InlineData("7}", 1, "7")]
    [InlineData("1234567,xxxxxxx", 7, "1234567")]
    [InlineData("12345678,", 8, "12345678")]
    [InlineData("123456789012345678", 18, "123456789012345678")]
    [InlineData("0.031760,\"x\":1", 8, "0.03176")]
    [InlineData("12.3456789012345,", 16, "12.3456789012345")]
    [InlineData("5:xxxxxxxx", 1, "5")]
    [InlineData("5/xxxxxxxx", 1, "5")]
    public void A_plain_number_is_read_to_its_end(string text, int length, string value)
    {
        Assert.Equal(length, PlainNumber.Read(Encoding.UTF8.GetBytes(text), out var number));
        Assert.Equal(decimal.Parse(value, CultureInfo.InvariantCulture), number.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("00")]
    [InlineData("01234567890")]
    [InlineData("1.")]
    [InlineData("1.x23456789")]
    [InlineData(".5")]
    [InlineData("1234567890123456789")]
    [InlineData("0.123456789012345678")]
    public void Anything_else_is_left_to_the_json_reader(string text) =>
        Assert.Equal(0, PlainNumber.Read(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Every_count_is_read_back() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.Choose(0, 18).ToArbitrary(), (seed, scale) =>
        {
            var value = new decimal(seed % (int)Math.Pow(10, 1 + (scale % 9)), 0, 0, isNegative: false, (byte)(scale % 9));
            var text = value.ToString(CultureInfo.InvariantCulture);
            return PlainNumber.Read(Encoding.UTF8.GetBytes(text + ",\"response_bytes\":1}"), out var number) == text.Length
                && number.Value == value;
        }).QuickCheckThrowOnFailure();
}
