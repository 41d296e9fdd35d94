using TokenLedger.Application.Configuration;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Ports;

/// <summary>Asks a provider for one view of its bill of one UTC day.</summary>
public interface IBillingSource
{
    /// <summary>The <see cref="SourceConfiguration.Kind"/> it answers for.</summary>
    string Kind { get; }

    /// <summary>The view of its answers; the looks at that view decide when a day is asked for again.</summary>
    BillView View { get; }

    /// <summary>Whether the view is asked for of this source and UTC day.</summary>
    bool Covers(SourceConfiguration source, DateOnly day) => true;

    /// <summary>
    /// The filter of the looks that decide when a day is asked for again; of several, the one stored last.
    /// </summary>
    string FilterOf(SourceConfiguration source) => "";

    /// <summary>About how many requests a day takes, from 1; not known exactly before they are made.</summary>
    int QuestionsFor(SourceConfiguration source) => 1;

    /// <summary>The provider's raw answers for a day, each in a form that the bill reader knows.</summary>
    /// <param name="source">Whose bill; it has a token.</param>
    /// <param name="day">The UTC day.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <returns>
    /// The answers in the order in which to keep them, or why there are none: never a part of them, and never an
    /// exception for what the provider said.
    /// </returns>
    Task<BillAnswer> FetchAsync(SourceConfiguration source, DateOnly day, CancellationToken cancellation);
}
