using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Exporting;

/// <summary>What became of a report.</summary>
/// <param name="Account">Whose.</param>
/// <param name="View">What was asked for.</param>
/// <param name="From">Its first UTC day.</param>
/// <param name="To">Its last UTC day, exclusive.</param>
/// <param name="Refusal">Why it is not kept; null when it is.</param>
public sealed record ExportedReport(
    BillingAccount Account, BillView View, DateOnly From, DateOnly To, ProviderRefusal? Refusal);
