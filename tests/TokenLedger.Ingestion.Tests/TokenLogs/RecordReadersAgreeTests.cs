using System.Text;
using TokenLedger.Ingestion.TokenLogs;
using TokenLedger.Ingestion.TokenLogs.Records;

namespace TokenLedger.Ingestion.Tests.TokenLogs;

public sealed class RecordReadersAgreeTests
{
    private const int MutantsPerSeed = 20_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Template_scanner_and_json_reader_agree_on_every_mutant(int seed)
    {
        var mutator = new LineMutator(seed);
        // The parser has learned from valid records; it goes on learning from mutants that are valid.
        var parser = new RecordParser(new TextPool());
        var verdicts = new Dictionary<LineVerdict, int>();
        var scratch = default(RecordDraft);
        foreach (var line in SampleRecords.All)
            parser.Parse(Encoding.UTF8.GetBytes(line), ref scratch, out _);

        for (var i = 0; i < MutantsPerSeed; i++)
        {
            var bytes = mutator.Next(SampleRecords.All[i % SampleRecords.All.Count]);
            ref var draft = ref parser.Parse(bytes, ref scratch, out var verdict);
            var expected = default(RecordDraft);
            var expectedVerdict = parser.ParseAsJson(bytes, ref expected);

            Assert.True(
                expectedVerdict == verdict && expected.Rejection == draft.Rejection,
                $"{expectedVerdict} {expected.Rejection} by JSON, else {verdict} {draft.Rejection}: {Encoding.Latin1.GetString(bytes)}");
            if (verdict == LineVerdict.Usage)
                Assert.Equal(Fields(expected.Record), Fields(draft.Record));
            verdicts[verdict] = verdicts.GetValueOrDefault(verdict) + 1;
        }

        // A fuzz that only ever rejects, or never does, would prove nothing.
        Assert.All(Enum.GetValues<LineVerdict>(), verdict => Assert.InRange(
            verdicts.GetValueOrDefault(verdict), MutantsPerSeed / 50, MutantsPerSeed));
    }

    [Fact]
    public void The_scanner_reads_plain_records_itself_and_leaves_the_others()
    {
        Assert.Equal(
            [true, true, true, false, true, true],
            SampleRecords.All.Select(line =>
            {
                var draft = default(RecordDraft);
                return FlatRecordScanner.TryRead(Encoding.UTF8.GetBytes(line), new TextPool(), ref draft);
            }));
    }

    [Theory]
    [InlineData("\"input_tokens\":4", "\"input_tokens\":123456", true)]
    [InlineData("\"response_bytes\":8123", "\"response_bytes\":0", true)]
    [InlineData("3f0c9a52-0000-4000-8000-000000000001", "3f0c9a52-0000-4000-8000-00000000000f", true)]
    [InlineData("2026-10-09T18:15:42.915Z", "2026-11-01T00:00:00.000Z", true)]
    [InlineData("\"api_version\":\"2026-03-10\"", "\"api_version\":\"any text\"", true)]
    [InlineData("\"x_initiator\":\"agent\"", "\"x_initiator\":\"user\"", false)]
    [InlineData("0.8083,\"ai_credits_total\"", "12,\"ai_credits_total\"", true)]
    [InlineData("\"input_tokens\":4", "\"input_tokens\":04", false)]
    [InlineData("\"input_tokens\":4", "\"input_tokens\":4.0", false)]
    [InlineData("\"model\":\"claude-sonnet-5\"", "\"model\":\"claude-opus-5\"", false)]
    [InlineData("3f0c9a52-0000-4000-8000-000000000001", "3f0c9a52-0000-4000-8000-00000000000\"", false)]
    [InlineData("3f0c9a52-0000-4000-8000-000000000001", "3f0c9a52-0000-4000-8000-0000000000\\u", false)]
    [InlineData("2026-10-09T18:15:42.915Z", "2026-10-32T18:15:42.915Z", false)]
    [InlineData("2026-10-09T18:15:42.915Z", "2026-10-09T24:15:42.915Z", false)]
    [InlineData("\"x_initiator\":\"agent\"", "\"x_initiator\":\"ag\\\"nt\"", false)]
    [InlineData("\"api_version\":\"2026-03-10\"", "\"api_version\":\"2026\\\"03\"", false)]
    public void A_template_takes_only_lines_that_differ_in_its_slots(string part, string otherPart, bool isTaken)
    {
        var line = Encoding.UTF8.GetBytes(SampleRecords.Claude);
        var learned = default(RecordDraft);
        Assert.True(FlatRecordScanner.TryRead(line, new TextPool(), ref learned));
        var template = RecordTemplate.Learn(line, learned);
        Assert.True(template.TryRead(line, out var length));
        Assert.Equal(line.Length, length);
        Assert.Equal(Fields(learned.Record), Fields(template.Draft.Record));

        var other = SampleRecords.Claude.Replace(part, otherPart, StringComparison.Ordinal);

        Assert.NotSame(SampleRecords.Claude, other);
        var otherLine = Encoding.UTF8.GetBytes(other);
        Assert.Equal(isTaken, template.TryRead(otherLine, out length) && length == otherLine.Length);
    }

    [Theory]
    [InlineData("{}", true)]
    [InlineData("[]", true)]
    [InlineData("[1, {\"a\" : [true,null,0.5]} ]", true)]
    [InlineData("{\"total_nano_aiu\":1,\"plan\":\"a, } ]\"}", true)]
    [InlineData("[[[[[[[[1]]]]]]]]", true)]
    [InlineData("[[[[[[[[[1]]]]]]]]]", false)]
    [InlineData("{\"a\":-1}", false)]
    [InlineData("{\"a\":1,}", false)]
    [InlineData("{\"a\" 1}", false)]
    [InlineData("{1:1}", false)]
    [InlineData("[1 2]", false)]
    [InlineData("[1}", false)]
    [InlineData("[tru]", false)]
    [InlineData("{\"a\":\"\\n\"}", false)]
    [InlineData("{\"a\":\"b}", false)]
    [InlineData("[", false)]
    public void A_template_passes_over_an_ignored_object_only_when_it_is_plain(string nested, bool isTaken)
    {
        var line = Encoding.UTF8.GetBytes(SampleRecords.Billed);
        var learned = default(RecordDraft);
        Assert.True(FlatRecordScanner.TryRead(line, new TextPool(), ref learned));
        var template = RecordTemplate.Learn(line, learned);
        var start = SampleRecords.Billed.IndexOf("\"billing\":", StringComparison.Ordinal) + "\"billing\":".Length;
        var end = SampleRecords.Billed.IndexOf(",\"duration_ms\"", StringComparison.Ordinal);

        var other = Encoding.UTF8.GetBytes(SampleRecords.Billed[..start] + nested + SampleRecords.Billed[end..]);

        var draft = default(RecordDraft);
        Assert.Equal(isTaken, template.TryRead(other, out var length) && length == other.Length);
        Assert.Equal(isTaken, FlatRecordScanner.TryRead(other, new TextPool(), ref draft));
    }

    private static object Fields(TokenUsageRecord record) => (
        (record.Timestamp, record.Event ?? "", record.RequestIdHash, record.Provider, record.Model, record.Path),
        (record.Purpose, record.DynamicSelector, record.ServiceTier, record.Status, record.Streaming),
        (record.InputTokens, record.OutputTokens, record.CacheReadTokens, record.CacheWriteTokens),
        (record.CacheWrite1hTokens, record.ReasoningTokens, record.InputTokensIncludeCache),
        (record.DurationMilliseconds, record.AiCreditsThisResponse, record.IsCacheWriteSplitInconsistent));
}
