using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Polling;

/// <summary>A view of an account, or of a part of it, in marks and alerts.</summary>
/// <param name="Account">Whose bill.</param>
/// <param name="View">The view.</param>
/// <param name="Filter">What of the account is asked for; empty for all of it.</param>
internal readonly record struct ViewKey(BillingAccount Account, BillView View, string Filter = "")
{
    /// <summary>The name within its account; it holds no slash.</summary>
    public string Name => Filter.Length == 0 ? $"{View}" : $"{View};{Uri.EscapeDataString(Filter)}";
}
