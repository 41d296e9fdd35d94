using System.Collections.Concurrent;

namespace TokenLedger.Testing.GitHub.Issues;

/// <summary>An issue of the fake GitHub.</summary>
public sealed class FakeIssue
{
    private readonly ConcurrentQueue<string> comments = new();

    internal FakeIssue(int number, string title, string body, IReadOnlyList<string> labels) =>
        (Number, Title, Body, Labels) = (number, title, body, labels);

    /// <summary>Its number in the repository.</summary>
    public int Number { get; }

    /// <summary>Its title.</summary>
    public string Title { get; }

    /// <summary>Its text.</summary>
    public string Body { get; set; }

    /// <summary>Its labels.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Whether it is open.</summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>Its comments, in order.</summary>
    public IReadOnlyList<string> Comments => [.. comments];

    internal void Add(string comment) => comments.Enqueue(comment);
}
