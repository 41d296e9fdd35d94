namespace TokenLedger.Ingestion.TokenLogs.Slices;

/// <summary>What the set of known requests says of one more.</summary>
internal enum IdentityFate
{
    /// <summary>Not met before; it is known from now on.</summary>
    New,

    /// <summary>The same request with the same content.</summary>
    Repeated,

    /// <summary>The same id with other content.</summary>
    Reused,
}
