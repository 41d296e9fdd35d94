using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.TokenLogs.Slices;

namespace TokenLedger.Ingestion.Tests.TokenLogs;

public sealed class UsageFoldLawsTests
{
    [Fact]
    public void The_order_of_lines_changes_nothing() =>
        Prop.ForAll(Logs().ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (lines, seed) =>
        {
            var shuffled = lines.ToArray();
            new Random(seed).Shuffle(shuffled);
            var one = LogFold.Of(lines);
            var other = LogFold.Of(shuffled);
            return one.Slices.SequenceEqual(other.Slices)
                && one.Counts == other.Counts
                && one.Accumulator.ProxyReportedAiCredits(1) == other.Accumulator.ProxyReportedAiCredits(1);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Reading_everything_twice_adds_only_duplicates() =>
        Prop.ForAll(Logs().ToArbitrary(), lines =>
        {
            var once = LogFold.Of(lines);
            var twice = LogFold.Of([.. lines, .. lines]);
            return once.Slices.SequenceEqual(twice.Slices)
                && twice.Counts.Accepted == once.Counts.Accepted
                && twice.Counts.Total == 2 * once.Counts.Total
                && twice.Accumulator.Notices(1).Count == once.Accumulator.Notices(1).Count;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_set_of_requests_says_what_a_dictionary_says() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var known = new RequestIdSet();
            var expected = new Dictionary<UInt128, ulong>();
            for (var i = 0; i < 3000; i++)
            {
                // Identities crowd together on purpose: equal halves, neighbours and zero.
                var identity = new UInt128((ulong)random.Next(4) << 56, (ulong)random.Next(500));
                var fingerprint = (ulong)random.Next(3);
                var fate = !expected.TryGetValue(identity, out var kept) ? IdentityFate.New
                    : kept == fingerprint ? IdentityFate.Repeated : IdentityFate.Reused;
                expected.TryAdd(identity, fingerprint);
                if (known.Add(identity, fingerprint) != fate)
                    return false;
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Bands_by_number_are_the_bands_of_the_domain() => Assert.All(
        PromptLengthBand.ThresholdsTokens.SelectMany(threshold => new[] { threshold - 1, threshold, threshold + 1 }),
        prompt => Assert.Equal(
            PromptLengthBand.Of(prompt), PromptBands.Threshold(PromptBands.NumberOf(prompt))));

    // Repeats of a line are common, reused ids with other content are left out.
    private static Gen<string[]> Logs() =>
        from seeds in Gen.Choose(0, 400).NonEmptyListOf()
        select seeds.Select(Line).ToArray();

    private static string Line(int seed)
    {
        // The last sample, a steering event, is no request and so never a duplicate.
        var sample = SampleRecords.All[seed % (SampleRecords.All.Count - 1)];
        var id = string.Create(CultureInfo.InvariantCulture, $"0000-4000-8000-{seed:d12}");
        var day = string.Create(CultureInfo.InvariantCulture, $"2026-10-{1 + (seed % 3):d2}T");
        return (seed % 11) switch
        {
            0 => "",
            1 => "{" + id,
            _ => sample
                .Replace("0000-4000-8000-000000000001", id, StringComparison.Ordinal)
                .Replace("0000-4000-8000-000000000002", id, StringComparison.Ordinal)
                .Replace("2026-10-09T", day, StringComparison.Ordinal),
        };
    }
}
