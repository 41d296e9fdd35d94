using TokenLedger.Application.Messages;
using TokenLedger.Ingestion.GitHub;

namespace TokenLedger.Application.Collecting;

/// <summary>How much one message downloads before the rest goes on as another.</summary>
/// <param name="message">The message.</param>
/// <param name="time">The clock.</param>
internal sealed class LookBounds(CollectRunMessage message, TimeProvider time)
{
    // A function ends after ten minutes, and one download may last five.
    private static readonly TimeSpan LengthMax = TimeSpan.FromMinutes(4);

    // As GitHub states the lengths.
    private const long BytesMax = 2L * 1024 * 1024 * 1024;

    // Each part deals with one artifact at least.
    private const int PartsMax = RunQuestions.ArtifactsMax;

    private readonly DateTimeOffset start = time.GetUtcNow();
    private long bytes;
    private bool hasFetched;

    /// <summary>Notes that an artifact is fetched.</summary>
    public void Count(RunArtifact artifact)
    {
        hasFetched = true;
        bytes = checked(bytes + Math.Max(0, artifact.LengthBytes));
    }

    /// <summary>Whether the next artifact is left to another message.</summary>
    public bool AreReached =>
        hasFetched && message.Parts < PartsMax && (bytes >= BytesMax || time.GetUtcNow() - start >= LengthMax);
}
