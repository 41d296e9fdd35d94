using TokenLedger.Application.Configuration;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Ports;

/// <summary>Asks a provider for its bill of one UTC day.</summary>
public interface IBillingSource
{
    /// <summary>The <see cref="SourceConfiguration.Kind"/> it answers for.</summary>
    string Kind { get; }

    /// <summary>The view of its answers; the looks at that view decide when a day is asked for again.</summary>
    BillView View { get; }

    /// <summary>The provider's raw answers for a day, each in a form that the bill reader knows.</summary>
    /// <param name="source">Whose bill; it has a token.</param>
    /// <param name="day">The UTC day.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <returns>The answers, or why there are none; never an exception for what the provider said.</returns>
    Task<BillAnswer> FetchAsync(SourceConfiguration source, DateOnly day, CancellationToken cancellation);
}
