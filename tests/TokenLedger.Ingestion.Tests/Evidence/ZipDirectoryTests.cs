using System.IO.Compression;
using System.Text;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.Evidence.Opening;

namespace TokenLedger.Ingestion.Tests.Evidence;

public sealed class ZipDirectoryTests : IDisposable
{
    private const string Good = "agent/token_usage.jsonl";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Entries_are_counted_whatever_the_end_says()
    {
        var entries = Enumerable.Range(0, 10_001)
            .Select(i => (Name: FormattableString.Invariant($"e{i}"), Text: ""))
            .ToArray();
        var zip = File.ReadAllBytes(folder.Zip("a.zip", CompressionLevel.NoCompression, entries));
        Assert.Equal("TL0315", ProblemOf(CraftedZip.WithEnd(zip, entries: 1, directoryBytes: 46)));
        Assert.Equal("TL0315", ProblemOf(CraftedZip.WithLargeEnd(zip, entries: 1)));
    }

    [Fact]
    public void An_end_that_tells_of_too_much_is_enough()
    {
        var zip = File.ReadAllBytes(folder.Zip("a.zip", (Good, "{}")));
        Assert.Equal("TL0315", ProblemOf(CraftedZip.WithEnd(zip, entries: 10_001)));
        Assert.Equal("TL0315", ProblemOf(CraftedZip.WithLargeEnd(zip, entries: 1UL << 40)));
        Assert.Equal("TL0319", ProblemOf(CraftedZip.WithEnd(zip, directoryBytes: (16 * 1024 * 1024) + 1)));
    }

    [Fact]
    public void A_directory_over_16_MiB_is_not_read_to_its_end()
    {
        using var zip = new ReadCountingStream(CraftedZip.OfHeaders(900, commentLength: 60_000));
        Assert.Equal("TL0319", ZipDirectory.RefusalOf(zip)?.Code);
        Assert.InRange(zip.BytesRead, 1, 17 * 1024 * 1024);
    }

    [Fact]
    public void Headers_without_end_are_read_no_further_than_the_bound()
    {
        using var zip = new ReadCountingStream(CraftedZip.OfHeaders(400_000, commentLength: 0));
        Assert.Equal("TL0315", ZipDirectory.RefusalOf(zip)?.Code);
        Assert.InRange(zip.BytesRead, 1, 1024 * 1024);
    }

    [Fact]
    public void A_directory_of_many_blocks_is_counted_to_its_end()
    {
        using var allowed = new MemoryStream(CraftedZip.OfHeaders(10_000, commentLength: 977));
        Assert.Null(ZipDirectory.RefusalOf(allowed));
        using var another = new MemoryStream(CraftedZip.OfHeaders(10_001, commentLength: 977));
        Assert.Equal("TL0315", ZipDirectory.RefusalOf(another)?.Code);
    }

    [Fact]
    public void A_zip_in_the_larger_form_opens()
    {
        var zip = File.ReadAllBytes(folder.Zip("a.zip", (Good, "{}"), ("b/" + Good, "{}")));
        Assert.Equal(2, Open(CraftedZip.WithLargeEnd(zip)).Sum(bundle => bundle.Files.Count));
    }

    [Fact]
    public void A_zip_with_the_longest_comment_opens()
    {
        var path = folder.Zip("a.zip", (Good, "{}"));
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Update))
            archive.Comment = new string('c', ushort.MaxValue);
        var bundle = Assert.Single(EvidenceBundles.Open(path));
        Assert.Equal(Good, Assert.Single(bundle.Files).Path);
        Assert.Empty(bundle.Problems);
    }

    [Fact]
    public void A_zip_without_entries_opens()
    {
        using var zip = new MemoryStream(File.ReadAllBytes(folder.Zip("a.zip")));
        Assert.Null(ZipDirectory.RefusalOf(zip));
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(0UL)]
    public void A_larger_end_that_is_not_where_it_is_said_to_be_is_one_problem(ulong recordAt)
    {
        var zip = File.ReadAllBytes(folder.Zip("a.zip", (Good, "{}")));
        Assert.Equal("TL0311", ProblemOf(CraftedZip.WithLargeEnd(zip, recordAt: recordAt)));
    }

    [Fact]
    public void A_zip_that_ends_too_early_is_damaged()
    {
        using var zip = new MemoryStream(Encoding.Latin1.GetBytes("PK\u0005\u0006"));
        Assert.Throws<InvalidDataException>(() => ZipDirectory.RefusalOf(zip));
    }

    private string ProblemOf(byte[] zip) => Assert.Single(Assert.Single(Open(zip)).Problems).Code;

    private List<EvidenceBundle> Open(byte[] zip)
    {
        var path = Path.Combine(folder.Path, "crafted.zip");
        File.WriteAllBytes(path, zip);
        return [.. EvidenceBundles.Open(path)];
    }
}
