using System.Globalization;
using System.Text;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.TokenLogs;

namespace TokenLedger.Ingestion.Tests.TokenLogs;

public sealed class LineSplittingTests
{
    private const int Mebibyte = 1 << 20;

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public void An_empty_file_has_no_lines(string text) =>
        Assert.Equal(default, LogFold.Of(Encoding.UTF8.GetBytes(text)).Counts);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public void Byte_order_mark_crlf_and_small_reads_change_nothing(int bytesMax)
    {
        var text = "\uFEFF" + string.Join("\r\n", SampleRecords.All) + "\r\n\r\n";
        using var stream = new DribblingStream(Encoding.UTF8.GetBytes(text), bytesMax);
        var fold = LogFold.Of(stream);

        Assert.Equal(new LineCounts(Accepted: 6, Duplicate: 0, Rejected: 0, Blank: 1), fold.Counts);
        Assert.Equal(LogFold.Of([.. SampleRecords.All]).Slices, fold.Slices);
    }

    [Fact]
    public void A_last_line_without_an_end_counts_when_it_is_whole() =>
        Assert.Equal(new LineCounts(1, 0, 0, 0), LogFold.Of(Encoding.UTF8.GetBytes(SampleRecords.Claude)).Counts);

    [Fact]
    public void A_cut_last_line_has_a_code_of_its_own()
    {
        var fold = LogFold.Of(Encoding.UTF8.GetBytes(SampleRecords.Claude + "\n" + SampleRecords.Router[..300]));

        Assert.Equal(new LineCounts(1, 0, 1, 0), fold.Counts);
        Assert.Equal("TL0103", fold.Codes);
    }

    [Fact]
    public void A_line_of_a_known_shape_may_be_too_long_like_any_other()
    {
        var longer = SampleRecords.Early.Replace("early-1", new string('e', Mebibyte), StringComparison.Ordinal);

        var fold = LogFold.Of(SampleRecords.Early, longer, SampleRecords.Early);

        Assert.Equal(new LineCounts(1, 1, 1, 0), fold.Counts);
        Assert.Equal("TL0102", fold.Codes);
    }

    [Fact]
    public void A_last_line_cut_inside_a_letter_is_a_cut_line()
    {
        byte[] bytes = [.. """{"model":"caf"""u8, 0xC3];

        Assert.Equal("TL0103", LogFold.Of(bytes).Codes);
    }

    [Theory]
    [InlineData(Mebibyte, 0)]
    [InlineData(Mebibyte + 1, 1)]
    [InlineData((5 * Mebibyte) + 17, 1)]
    public void Only_a_line_over_one_mebibyte_is_passed_over(int length, int rejected)
    {
        var start = """{"timestamp":"2026-10-09T18:00:00Z","input_tokens":1,"x":" """;
        var line = start + new string('x', length - start.Length - 2) + "\"}";
        var fold = LogFold.Of(line, SampleRecords.Claude, line, SampleRecords.Router);

        Assert.Equal(4, fold.Counts.Total);
        Assert.Equal(rejected * 2, fold.Counts.Rejected);
        Assert.Equal(
            rejected == 0 ? [] : [(1L, "TL0102"), (3L, "TL0102")],
            fold.Problems.Select(problem => (problem.Line!.Value, problem.Code)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_last_line_that_is_too_long_is_rejected_once(int lineEnds)
    {
        var bytes = Encoding.UTF8.GetBytes(new string('x', 3 * Mebibyte) + new string('\n', lineEnds));

        Assert.Equal("TL0102", LogFold.Of(bytes).Codes);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void The_number_of_workers_changes_nothing(int workers)
    {
        var bytes = LongLog();
        var one = LogFold.Of(bytes);
        var several = LogFold.Of(bytes, workers);

        Assert.True(bytes.Length > 3 * Mebibyte);
        Assert.Equal(one.Counts, several.Counts);
        Assert.Equal(one.Problems, several.Problems);
        Assert.Equal(one.Slices, several.Slices);
        Assert.Equal(one.Accumulator.Notices(1), several.Accumulator.Notices(1));
        Assert.Equal(one.Accumulator.ProxyReportedAiCredits(1), several.Accumulator.ProxyReportedAiCredits(1));
        Assert.Equal(8000, one.Counts.Total);
        Assert.All(
            [one.Counts.Accepted, one.Counts.Duplicate, one.Counts.Rejected, one.Counts.Blank],
            count => Assert.InRange(count, 100, 8000));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Cancellation_ends_the_reading(int workers)
    {
        using var stop = new CancellationTokenSource();
        using var stream = new MemoryStream(LongLog());
        var accumulator = new UsageAccumulator("github.com", 1, [], TestPrices.Book, workers);

        Assert.Throws<OperationCanceledException>(() => accumulator.AddFile(
            stream, new UsageFileContext("x", Phase.Agent, 1), _ => stop.Cancel(), stop.Token));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_failing_reader_of_problems_fails_the_reading(int workers)
    {
        using var stream = new MemoryStream(LongLog());
        var accumulator = new UsageAccumulator("github.com", 1, [], TestPrices.Book, workers);

        Assert.Throws<InvalidOperationException>(() => accumulator.AddFile(
            stream, new UsageFileContext("x", Phase.Agent, 1), _ => throw new InvalidOperationException(),
            CancellationToken.None));
    }

    // Eight thousand lines: repeats, reused ids, blank and broken lines, spread over several days.
    private static byte[] LongLog()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 8000; i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"3f0c9a52-0000-4000-8000-{i % 7000:d12}");
            var day = string.Create(CultureInfo.InvariantCulture, $"2026-10-{1 + (i % 9):d2}T");
            text.Append((i % 40) switch
            {
                0 => "",
                1 => "{broken",
                _ => SampleRecords.All[i % 4]
                    .Replace("3f0c9a52-0000-4000-8000-000000000001", id, StringComparison.Ordinal)
                    .Replace("3f0c9a52-0000-4000-8000-000000000002", id, StringComparison.Ordinal)
                    .Replace("2026-10-09T", day, StringComparison.Ordinal),
            }).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
