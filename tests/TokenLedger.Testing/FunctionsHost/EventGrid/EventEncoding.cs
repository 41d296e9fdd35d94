namespace TokenLedger.Testing.FunctionsHost.EventGrid;

/// <summary>How events lie in the queue: plain text was reported in 2021, Base64 in 2022.</summary>
public enum EventEncoding
{
    Plain,
    Base64,

    /// <summary>Now one, now the other.</summary>
    Alternating,
}
