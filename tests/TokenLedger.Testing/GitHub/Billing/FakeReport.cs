namespace TokenLedger.Testing.GitHub.Billing;

/// <summary>A report that was asked for.</summary>
internal sealed record FakeReport(
    string Id, string Account, string Type, string From, string To, DateTimeOffset AskedAt)
{
    public int Looks { get; set; }

    public bool IsEnded { get; set; }
}
