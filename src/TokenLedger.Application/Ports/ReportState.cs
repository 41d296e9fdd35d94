namespace TokenLedger.Application.Ports;

/// <summary>How far a report is.</summary>
/// <param name="Status">How far.</param>
/// <param name="Addresses">
/// Where its files are, once it is made; none when no day of it has a row. They are secret and do not last.
/// </param>
public sealed record ReportState(ReportStatus Status, IReadOnlyList<Uri> Addresses)
{
    /// <summary>Its status and how many files it has: the addresses are signed.</summary>
    public override string ToString() => FormattableString.Invariant($"{Status}, {Addresses.Count} files");
}
