using System.Globalization;

namespace TokenLedger.Testing.Serving;

/// <summary>How a fake provider misbehaves.</summary>
public sealed record ProviderFault
{
    /// <summary>The status to answer with; null for the one that belongs to the request.</summary>
    public int? Status { get; init; }

    /// <summary>The body; null for the one that belongs to the request.</summary>
    public string? Body { get; init; }

    /// <summary>Headers beside.</summary>
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>Whether the connection ends in the middle of the body.</summary>
    public bool IsCut { get; init; }

    /// <summary>Whether the connection is reset in the middle of the body.</summary>
    public bool IsReset { get; init; }

    /// <summary>Whether the body never goes on after its first bytes.</summary>
    public bool IsStalled { get; init; }

    /// <summary>Whether the connection ends before any answer.</summary>
    public bool IsDropped { get; init; }

    /// <summary>How long the body rests after each eighth of it.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>What the answer waits for; null for nothing. Until then the request is under way.</summary>
    public Task? BeginsAfter { get; init; }

    /// <summary>How many requests it befalls.</summary>
    public int Times { get; init; } = int.MaxValue;

    /// <summary>A part of path and query that only those have which it befalls.</summary>
    public string Path { get; init; } = "";

    /// <summary>The only day of a bill of GitHub it befalls; null for every request.</summary>
    public DateOnly? Day { get; init; }

    internal bool Befalls(string target) =>
        target.Contains(Path, StringComparison.Ordinal)
        && (Day is not { } day
            || target.Contains(
                string.Create(
                    CultureInfo.InvariantCulture, $"year={day.Year}&month={day.Month}&day={day.Day}"),
                StringComparison.Ordinal));
}
