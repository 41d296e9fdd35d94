namespace TokenLedger.Storage.Azure.Queues;

/// <summary>How a message's text is written.</summary>
public enum QueueTextEncoding
{
    /// <summary>Base64 of UTF-8, which the Functions host expects unless told otherwise.</summary>
    Base64,

    /// <summary>As it is, escaped for XML.</summary>
    Plain,
}
