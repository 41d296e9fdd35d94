using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace TokenLedger.Functions.Tests.EndToEnd;

/// <summary>An artifact of a run as its workflow uploads it: a usage log of three models.</summary>
internal static class ArtifactZip
{
    private static readonly (string Model, string Provider, int Input, int Output)[] Requests =
    [
        ("claude-sonnet-5", "copilot", 12_000, 900),
        ("gpt-5.4-mini", "copilot", 8_000, 700),
        ("claude-haiku-4.5", "copilot", 4_000, 300),
    ];

    public static byte[] Of(long runId, DateTimeOffset at)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            var entry = zip.CreateEntry("firewall/logs/token-usage.jsonl");
            entry.LastWriteTime = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using var writer = new StreamWriter(entry.Open(), new UTF8Encoding(false));
            for (var i = 0; i < Requests.Length; i++)
                writer.Write(Line(runId, i, at.AddSeconds(i)));
        }

        return buffer.ToArray();
    }

    private static string Line(long runId, int number, DateTimeOffset at)
    {
        var (model, provider, input, output) = Requests[number];
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"_schema":"token-usage/v0.30.0","timestamp":"{{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}","event":"token_usage","request_id":"req-{{runId}}-{{number}}","provider":"{{provider}}","model":"{{model}}","path":"/chat/completions","status":200,"streaming":true,"input_tokens":{{input}},"output_tokens":{{output}},"cache_read_tokens":0,"cache_write_tokens":0,"duration_ms":1200}

            """);
    }
}
