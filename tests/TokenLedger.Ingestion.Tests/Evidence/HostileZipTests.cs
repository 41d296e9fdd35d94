using System.IO.Compression;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.Evidence.Opening;

namespace TokenLedger.Ingestion.Tests.Evidence;

public sealed class HostileZipTests : IDisposable
{
    private const string Good = "agent/token_usage.jsonl";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("../token_usage.jsonl")]
    [InlineData("a/../../token_usage.jsonl")]
    [InlineData("/etc/token_usage.jsonl")]
    [InlineData("C:/token_usage.jsonl")]
    [InlineData("a\\..\\token_usage.jsonl")]
    [InlineData("a//token_usage.jsonl")]
    [InlineData("a/\u001b[31m/token_usage.jsonl")]
    public void A_name_that_leads_out_is_left_out_and_the_rest_goes_on(string name)
    {
        var bundles = EvidenceBundles.Open(folder.Zip("a.zip", (name, "{}"), (Good, "{}"))).ToList();
        Assert.Equal(Good, Assert.Single(bundles[0].Files).Path);
        var problem = Assert.Single(bundles[1].Problems);
        Assert.Equal("TL0312", problem.Code);
        Assert.DoesNotContain('\u001b', problem.Source);
    }

    [Fact]
    public void An_entry_that_unpacks_far_beyond_its_size_is_left_out()
    {
        var bomb = new string('\n', 40 * 1024 * 1024);
        var path = folder.Zip("a.zip", CompressionLevel.Optimal, ("x/token_usage.jsonl", bomb), (Good, "{}"));
        var bundles = EvidenceBundles.Open(path).ToList();
        Assert.Equal(Good, Assert.Single(bundles[0].Files).Path);
        Assert.Equal("TL0314", Assert.Single(bundles[1].Problems).Code);
    }

    [Fact]
    public void A_zip_that_is_cut_short_is_one_problem()
    {
        var path = folder.Zip("a.zip", (Good, new string('x', 5_000)));
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..^30]);
        var bundle = Assert.Single(EvidenceBundles.Open(path));
        Assert.Equal("TL0311", Assert.Single(bundle.Problems).Code);
    }

    [Fact]
    public void Bytes_that_are_no_zip_are_one_problem()
    {
        var bundle = Assert.Single(EvidenceBundles.Open(folder.Write("a.zip", "this is no zip")));
        Assert.Equal("TL0311", Assert.Single(bundle.Problems).Code);
    }

    [Fact]
    public void A_header_that_understates_the_length_does_not_get_more_through()
    {
        var path = folder.Zip("a.zip", CompressionLevel.NoCompression, (Good, new string('x', 5_000)));
        var bytes = File.ReadAllBytes(path);
        var central = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        bytes[central + 24] = 1;
        bytes[central + 25] = 0;
        File.WriteAllBytes(path, bytes);
        var bundle = Assert.Single(EvidenceBundles.Open(path));
        Assert.All(bundle.Files, file => Assert.Equal(1, file.LengthBytes));
        Assert.Equal(bundle.Files.Count == 0 ? 1 : 0, bundle.Problems.Count);
    }

    [Fact]
    public void A_zip_with_too_many_entries_is_not_opened()
    {
        var entries = Enumerable.Range(0, 10_001)
            .Select(i => (Name: FormattableString.Invariant($"e{i}"), Text: ""))
            .ToArray();
        var bundle = Assert.Single(EvidenceBundles.Open(
            folder.Zip("a.zip", CompressionLevel.NoCompression, entries)));
        Assert.Equal("TL0315", Assert.Single(bundle.Problems).Code);
    }

    [Fact]
    public void A_zip_inside_a_zip_is_not_opened()
    {
        var bundles = EvidenceBundles.Open(folder.Zip("a.zip", ("inner.zip", "PK"), (Good, "{}"))).ToList();
        Assert.Single(bundles[0].Files);
        Assert.Equal("TL0317", Assert.Single(bundles[1].Problems).Code);
    }

    [Fact]
    public void An_encrypted_entry_is_said_to_be()
    {
        var path = folder.Zip("a.zip", (Good, "{}"));
        var bytes = File.ReadAllBytes(path);
        bytes[6] |= 1;
        bytes[bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8) + 8] |= 1;
        File.WriteAllBytes(path, bytes);
        var bundle = Assert.Single(EvidenceBundles.Open(path));
        Assert.Equal("TL0316", Assert.Single(bundle.Problems).Code);
    }

    [Fact]
    public void Of_two_entries_of_one_name_the_first_is_taken()
    {
        var bundles = EvidenceBundles.Open(folder.Zip("a.zip", (Good, "{\"first\":1}"), (Good, "{}"))).ToList();
        using var reader = new StreamReader(Assert.Single(bundles[0].Files).OpenRead());
        Assert.Equal("{\"first\":1}", reader.ReadToEnd());
        Assert.Equal("TL0318", Assert.Single(bundles[1].Problems).Code);
    }

    [Theory]
    [InlineData(0, 1024 * 1024)]
    [InlineData(100, 1024 * 1024)]
    [InlineData(10_000, 2_000_000)]
    [InlineData(1L << 40, 2L * 1024 * 1024 * 1024)]
    public void An_entry_may_unpack_to_a_mebibyte_or_200_times_its_size_up_to_2_GiB(long packed, long expected) =>
        Assert.Equal(expected, ZipLimits.EntryBytes(packed));

    [Fact]
    public void A_stream_that_gives_more_than_it_may_stops()
    {
        var path = folder.Zip("a.zip", (Good, new string('x', 5_000)));
        using var stream = ZipEntryStream.Open(path, Good, 4_999);
        Assert.Throws<EntryTooLargeException>(() => stream.CopyTo(Stream.Null));
    }
}
