using TokenLedger.Ingestion.Sessions;

namespace TokenLedger.Ingestion.Evidence.Opening;

/// <summary>Takes the result lines out of an engine's transcript (<c>stream-json</c>); prompts stay there.</summary>
internal static class TranscriptResults
{
    // One result ends a session; its text and usage are a few KiB.
    private const int MaximumResults = 1_000;
    private const int MaximumResultLength = 256 * 1024;

    // The result's own text is the agent's answer and may hold anything; only figures and ids are kept.
    private static readonly string[] Fields =
        ["type", "session_id", "uuid", "timestamp", "total_cost_usd", "usage", "modelUsage"];

    /// <summary>A file with the figures of the results; null where the transcript has none.</summary>
    public static EvidenceFile? Of(EvidenceFile transcript)
    {
        using var buffer = new MemoryStream();
        var results = 0;
        JsonLines.Read(
            transcript,
            (_, root) =>
            {
                if (results >= MaximumResults || root.TextOf("type") is not "result"
                    || root.AmountOf("total_cost_usd") is null
                    || JsonExcerpt.Of(root, Fields) is not { Length: <= MaximumResultLength } line)
                    return LineOutcome.Accepted;
                results++;
                buffer.Write(line);
                buffer.WriteByte((byte)'\n');
                return LineOutcome.Accepted;
            },
            static _ => { },
            CancellationToken.None);
        if (results == 0)
            return null;
        var bytes = buffer.ToArray();
        return new EvidenceFile(transcript.Path, bytes.Length, () => new MemoryStream(bytes, writable: false));
    }
}
