using System.IO.Compression;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.Tests.Evidence;

public sealed class TelemetryZipTests : IDisposable
{
    private const string Line =
        "{\"timestamp\":\"2026-11-03T09:10:00Z\",\"event\":\"token_usage\",\"request_id\":\"r\",\"input_tokens\":1}\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private (TelemetryZip Zip, byte[] Bytes) Copy(string path)
    {
        using var target = new MemoryStream();
        return (TelemetryZip.Copy(path, "agent", target), target.ToArray());
    }

    [Fact]
    public void Evidence_alone_is_copied()
    {
        var (zip, bytes) = Copy(folder.Zip(
            "a.zip", ("prompt.txt", "secret plans"), ("logs/token-usage.jsonl", Line), ("aw_info.json", "{\"run_id\":1}"),
            ("agent-stdio.log", "hello"), ("site/index.html", "<p>")));

        Assert.True(zip.HasEvidence && zip.HasTelemetry);
        using var read = new ZipArchive(new MemoryStream(bytes));
        Assert.Equal(["aw_info.json", "logs/token-usage.jsonl"], read.Entries.Select(entry => entry.FullName));
        using var content = new StreamReader(read.Entries[1].Open());
        Assert.Equal(Line, content.ReadToEnd());
    }

    [Fact]
    public void The_same_artifact_makes_the_same_bytes_whatever_the_order_and_time_of_its_entries()
    {
        var one = Copy(folder.Zip("a.zip", ("x/token-usage.jsonl", Line), ("aw_info.json", "{\"run_id\":1}")));
        var later = folder.Zip("b.zip", ("aw_info.json", "{\"run_id\":1}"), ("x/token-usage.jsonl", Line));
        using (var zip = ZipFile.Open(later, ZipArchiveMode.Update))
        {
            foreach (var entry in zip.Entries)
                entry.LastWriteTime = new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero);
        }

        var other = Copy(later);
        Assert.Equal(one.Bytes, other.Bytes);
    }

    [Fact]
    public void Without_evidence_there_is_no_zip()
    {
        var (zip, bytes) = Copy(folder.Zip("a.zip", ("index.html", "<p>")));
        Assert.False(zip.HasEvidence || zip.HasTelemetry);
        Assert.Empty(bytes);
    }

    [Fact]
    public void A_record_of_the_run_without_a_token_is_evidence_and_no_telemetry()
    {
        var (zip, _) = Copy(folder.Zip("a.zip", ("aw_info.json", "{\"run_id\":1}"), ("token-usage.jsonl", "")));
        Assert.Equal((true, false), (zip.HasEvidence, zip.HasTelemetry));
    }

    [Fact]
    public void A_name_that_leaves_the_zip_and_a_damaged_zip_are_problems()
    {
        var (zip, _) = Copy(folder.Zip("a.zip", ("../token-usage.jsonl", Line), ("ok/token-usage.jsonl", Line)));
        Assert.True(zip.HasTelemetry);
        Assert.Equal("TL0312", Assert.Single(zip.Problems).Code);
        var (broken, bytes) = Copy(folder.Write("b.zip", "no zip"));
        Assert.Equal("TL0311", Assert.Single(broken.Problems).Code);
        Assert.False(broken.HasEvidence);
        Assert.Empty(bytes);
    }
}
