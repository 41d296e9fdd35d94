namespace TokenLedger.Application.Ports;

/// <summary>Something that somebody must look at.</summary>
/// <param name="Kind">A stable code, such as <see cref="FailedMessage"/>.</param>
/// <param name="Subject">What it concerns; with the kind it is the key. Any text up to 500 characters.</param>
/// <param name="Message">What happened and what to do, for people. No secret and no content of a log.</param>
/// <param name="FirstAt">When it first happened, UTC.</param>
/// <param name="LastAt">When it last happened, UTC.</param>
/// <param name="Count">How often it happened.</param>
/// <param name="IsOpen">False once what it warned of is over.</param>
public sealed record Alert(
    string Kind, string Subject, string Message, DateTimeOffset FirstAt, DateTimeOffset LastAt, long Count, bool IsOpen)
{
    /// <summary>The kind of a queue message that could not be handled; the subject is queue and message.</summary>
    public const string FailedMessage = "failed-message";

    /// <summary>The kind of a poison queue that holds messages; the subject is the queue.</summary>
    public const string PoisonQueue = "poison-queue";

    /// <summary>The kind of a bill that could not be read; the subject is the source and the day.</summary>
    public const string BillUnreadable = "bill-unreadable";

    /// <summary>The kind of a repository whose artifacts GitHub refuses; the subject is the repository.</summary>
    public const string CollectionRefused = "collection-refused";

    /// <summary>The kind of an upload whose content names another run; the subject is the upload.</summary>
    public const string MisplacedUpload = "misplaced-upload";

    /// <summary>
    /// The kind of what GitHub refuses to list to the sweep for missed runs; the subject is a repository, an
    /// organisation or the App.
    /// </summary>
    public const string SweepRefused = "sweep-refused";

    /// <summary>The kind of runs that GitHub has and does not list; the subject is the repository.</summary>
    public const string RunsUnlisted = "runs-unlisted";

    /// <summary>The kind of what people could not be told of; the subject is the channel.</summary>
    public const string AlertUndelivered = "alert-undelivered";
}
