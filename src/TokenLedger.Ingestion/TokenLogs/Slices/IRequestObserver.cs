namespace TokenLedger.Ingestion.TokenLogs.Slices;

/// <summary>Is shown each request that counts, once, in the order in which it was taken.</summary>
internal interface IRequestObserver
{
    /// <summary>Shows a request; perhaps on another thread, never two at once.</summary>
    void Take(in UsageLine line);
}
