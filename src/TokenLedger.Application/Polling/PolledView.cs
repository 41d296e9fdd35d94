using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Polling;

/// <summary>One view of a configured bill, with whom to ask for it.</summary>
/// <param name="Source">Whose bill, and the token.</param>
/// <param name="Provider">Who asks.</param>
internal sealed record PolledView(SourceConfiguration Source, IBillingSource Provider)
{
    /// <summary>Whose bill.</summary>
    public BillingAccount Account => Source.Account;

    /// <summary>The view.</summary>
    public BillView View => Provider.View;

    /// <summary>The filter of the looks that decide.</summary>
    public string Filter { get; } = Provider.FilterOf(Source);

    /// <summary>The name within its account in marks and alerts; it holds no slash.</summary>
    public string Name => Filter.Length == 0 ? $"{View}" : $"{View};{Uri.EscapeDataString(Filter)}";

    /// <summary>Whether an answer about its credential holds for another view too.</summary>
    public bool SharesCredentialWith(PolledView other) =>
        Equals(Source.Token, other.Source.Token) && Source.ApiUrl == other.Source.ApiUrl;
}
