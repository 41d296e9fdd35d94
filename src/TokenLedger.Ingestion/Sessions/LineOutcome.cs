namespace TokenLedger.Ingestion.Sessions;

/// <summary>What became of one line of a companion file.</summary>
internal enum LineOutcome
{
    /// <summary>It counts, or says nothing that matters.</summary>
    Accepted,

    /// <summary>It was known already.</summary>
    Duplicate,

    /// <summary>It was reported as a problem.</summary>
    Rejected,
}
