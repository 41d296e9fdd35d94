using System.Globalization;
using System.Text;
using TokenLedger.Ingestion.TokenLogs.Records;

namespace TokenLedger.Ingestion.Tests.TokenLogs;

public sealed class UtcTimestampTests
{
    [Theory]
    [InlineData("2026-10-09T05:02:59.199Z", "2026-10-09T05:02:59.1990000")]
    [InlineData("2026-10-09t05:02:59z", "2026-10-09T05:02:59.0000000")]
    [InlineData("2026-10-09 05:02:59.1234567891Z", "2026-10-09T05:02:59.1234567")]
    [InlineData("2026-10-09T00:30:00+02:00", "2026-10-08T22:30:00.0000000")]
    [InlineData("2026-10-09T23:30:00-0100", "2026-10-10T00:30:00.0000000")]
    [InlineData("2026-10-09T23:30:00.5-01", "2026-10-10T00:30:00.5000000")]
    [InlineData("2028-02-29T00:00:00Z", "2028-02-29T00:00:00.0000000")]
    public void A_time_with_an_offset_becomes_utc(string text, string utc)
    {
        Assert.True(UtcTimestamp.TryParse(Encoding.UTF8.GetBytes(text), out var value));
        Assert.Equal(utc, value.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture));
        Assert.Equal(TimeSpan.Zero, value.Offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-10-09")]
    [InlineData("2026-10-09T05:02:59")]
    [InlineData("2026-10-09T05:02:59.Z")]
    [InlineData("2026-10-09T05:02:59.199")]
    [InlineData("2026-10-09T05:02:59+2")]
    [InlineData("2026-10-09T05:02:59+24:00")]
    [InlineData("2026-10-09T05:02:59ZZ")]
    [InlineData("2026-02-29T05:02:59Z")]
    [InlineData("2026-13-09T05:02:59Z")]
    [InlineData("2026-10-09T24:02:59Z")]
    [InlineData("2026-10-09T05:02:60Z")]
    [InlineData("2026-1x-09T05:02:59Z")]
    [InlineData("1999-10-09T05:02:59Z")]
    [InlineData("2200-10-09T05:02:59Z")]
    public void Anything_else_is_no_time(string text)
    {
        Assert.False(UtcTimestamp.TryParse(Encoding.UTF8.GetBytes(text), out _));
        Assert.False(new LastDate().TryParse(Encoding.UTF8.GetBytes(text), out _));
    }

    [Fact]
    public void The_remembered_date_gives_the_same_instants()
    {
        var dates = new LastDate();
        Assert.All(
            new[] { "2026-10-09T05:02:59.199Z", "2026-10-09T23:59:59.999Z", "2026-10-10T00:00:00.000Z", "2026-10-10T00:00:01.00+01" },
            text =>
            {
                Assert.True(UtcTimestamp.TryParse(Encoding.UTF8.GetBytes(text), out var expected));
                Assert.True(dates.TryParse(Encoding.UTF8.GetBytes(text), out var value));
                Assert.Equal(expected, value);
            });
    }

    [Theory]
    [InlineData("2026-10-09T24:00:00.000Z")]
    [InlineData("2026-10-09T00:60:00.000Z")]
    [InlineData("2026-10-09T00:00:60.000Z")]
    [InlineData("2026-10-09T00:00:00.0x0Z")]
    [InlineData("2026-10-09X00:00:00.000Z")]
    [InlineData("2026-10-09T00:00:00.0000")]
    public void A_remembered_date_excuses_no_wrong_time(string text)
    {
        var dates = new LastDate();
        Assert.True(dates.TryParse("2026-10-09T05:02:59.199Z"u8, out _));

        Assert.False(dates.TryParse(Encoding.UTF8.GetBytes(text), out _));
    }
}
