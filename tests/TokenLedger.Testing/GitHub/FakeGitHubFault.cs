namespace TokenLedger.Testing.GitHub;

/// <summary>How the fake GitHub misbehaves.</summary>
public sealed record FakeGitHubFault
{
    /// <summary>The status to answer with.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The body; null for the bill that belongs to the request.</summary>
    public string? Body { get; init; }

    /// <summary>Headers beside.</summary>
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>Whether the connection ends in the middle of the body.</summary>
    public bool IsCut { get; init; }

    /// <summary>Whether the body never goes on after its first bytes.</summary>
    public bool IsStalled { get; init; }

    /// <summary>Whether the connection ends before any answer.</summary>
    public bool IsDropped { get; init; }

    /// <summary>How many requests it befalls.</summary>
    public int Times { get; init; } = int.MaxValue;

    /// <summary>The only day it befalls; null for every day.</summary>
    public DateOnly? Day { get; init; }
}
