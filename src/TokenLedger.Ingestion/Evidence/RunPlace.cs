using System.Globalization;

namespace TokenLedger.Ingestion.Evidence;

/// <summary>
/// What a path tells of a run: the archive's own shape, or a folder <c>run-ID</c> of <c>gh aw logs</c>.
/// </summary>
internal sealed record RunPlace(int Segments, string? Host, string? Repository, long RunId, int? Attempt)
{
    // GitHub allows far fewer re-runs; a longer number is no attempt.
    private const int MaximumAttempt = 9_999;

    /// <summary>The innermost place among a path's folders; null where the path tells nothing.</summary>
    /// <param name="folders">The folders of the path, outermost first; a zip counts as a folder.</param>
    public static RunPlace? In(ReadOnlySpan<string> folders)
    {
        for (var end = folders.Length; end > 0; end--)
        {
            if (Archived(folders[..end]) is { } archived)
                return archived;
            var name = folders[end - 1];
            if (name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
                name = name[..^4];
            if (name.StartsWith("run-", StringComparison.Ordinal) && Number(name[4..]) is { } run)
                return new RunPlace(end, null, null, run, null);
        }

        return null;
    }

    private static RunPlace? Archived(ReadOnlySpan<string> folders)
    {
        if (folders.Length < 5 || folders[^5..] is not [var host, var owner, var name, var run, var attempt])
            return null;
        return host.Contains('.', StringComparison.Ordinal) && RunNames.IsHost(host)
            && RunNames.Split($"{owner}/{name}") is not null
            && Number(run) is { } runId && Number(attempt) is { } number and <= MaximumAttempt
                ? new RunPlace(folders.Length, host.ToLowerInvariant(), $"{owner}/{name}", runId, (int)number)
                : null;
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;
}
