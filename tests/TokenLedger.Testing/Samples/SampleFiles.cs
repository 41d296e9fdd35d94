using System.IO.Compression;
using System.Text;
using TokenLedger.Domain.Pricing;

namespace TokenLedger.Testing.Samples;

/// <summary>Everything under <c>samples/</c>, written from the sample world.</summary>
public static class SampleFiles
{
    private const string Manifest = """
        {
          "organization": "acme",
          "from": "2026-11-01",
          "to": "2026-11-11",
          "now": "2026-11-13T08:00:00Z",
          "config": "tokenledger.json",
          "evidence": ["run-logs"],
          "imports": [
            { "path": "bills/ai-usage-2026-11-07.csv", "observedAt": "2026-11-07T06:00:00Z" },
            { "path": "bills/ai-usage-2026-11-11.csv", "observedAt": "2026-11-11T06:00:00Z" },
            { "path": "bills/usage-2026-11-11.json", "observedAt": "2026-11-11T06:05:00Z" },
            { "path": "bills/ai-usage-2026-11-13.csv", "observedAt": "2026-11-13T06:00:00Z" }
          ]
        }

        """;

    private const string Configuration = """
        {
          "TokenLedger": {
            "Sources": [
              {
                "Name": "acme-github",
                "Kind": "github",
                "Organization": "acme",
                "Pays": { "Organizations": ["acme"], "Payers": ["organization"] }
              }
            ]
          }
        }

        """;

    /// <summary>Files by path below <c>samples/</c>, in ordinal order.</summary>
    public static SortedDictionary<string, byte[]> All(PriceBook prices)
    {
        var world = new SampleWorld(prices);
        var logs = new SampleLogs(world);
        var bill = new SampleBill(world);
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["demo.json"] = Encoding.UTF8.GetBytes(Manifest),
            ["tokenledger.json"] = Encoding.UTF8.GetBytes(Configuration),
            ["run-logs/logs.json"] = logs.Summary(),
            ["bills/ai-usage-2026-11-07.csv"] = bill.AiReport(5, false),
            ["bills/ai-usage-2026-11-11.csv"] = bill.AiReport(9, true),
            ["bills/ai-usage-2026-11-13.csv"] = bill.AiReport(9, false),
            ["bills/usage-2026-11-11.json"] = bill.Usage(9),
        };
        foreach (var run in world.Runs)
        {
            // One run came as the artifact's zip, as a download from the web page would.
            if (run.RunId == world.Runs[1].RunId)
            {
                files["run-logs/usage.zip"] = Zip(logs.FilesOf(run));
                continue;
            }

            var folder = run.Attempt == 1 ? $"run-logs/run-{run.RunId}" : $"run-logs/attempt-{run.Attempt}/run-{run.RunId}";
            foreach (var (path, content) in logs.FilesOf(run))
                files[$"{folder}/{path}"] = content;
        }

        return files;
    }

    private static byte[] Zip(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in files)
            {
                // Stored, not compressed: the bytes must not depend on the compressor of the runtime.
                var entry = zip.CreateEntry(path, CompressionLevel.NoCompression);
                entry.LastWriteTime = new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
                using var target = entry.Open();
                target.Write(content);
            }
        }

        return stream.ToArray();
    }
}
