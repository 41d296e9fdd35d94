namespace TokenLedger.Application.Ports;

/// <summary>A raw bill in the archive.</summary>
/// <param name="RawFile">The archived name.</param>
/// <param name="IsNew">False when the archive held the same bytes already, under whatever name.</param>
public readonly record struct ArchivedBill(string RawFile, bool IsNew);
