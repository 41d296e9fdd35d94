namespace TokenLedger.Ingestion.Evidence.Opening;

/// <summary>
/// A zip entry gave more bytes than it may. Caught where zips are looked through; it never reaches a user.
/// </summary>
internal sealed class EntryTooLargeException : IOException
{
    public EntryTooLargeException(long limitBytes)
        : base("A zip entry unpacks to more bytes than it may.") => LimitBytes = limitBytes;

    public EntryTooLargeException()
    {
    }

    public EntryTooLargeException(string message)
        : base(message)
    {
    }

    public EntryTooLargeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The bytes it may give.</summary>
    public long LimitBytes { get; }
}
