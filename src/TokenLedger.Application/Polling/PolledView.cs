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
    public string Filter => Key.Filter;

    /// <summary>What it is called in marks and alerts.</summary>
    public ViewKey Key { get; } = new(Source.Account, Provider.View, Provider.FilterOf(Source));

    /// <summary>Whether an answer about its credential holds for another view too.</summary>
    public bool SharesCredentialWith(PolledView other) =>
        Equals(Source.Token, other.Source.Token) && Source.ApiUrl == other.Source.ApiUrl;
}
