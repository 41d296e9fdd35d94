using TokenLedger.Domain.PriceUpdates;

namespace TokenLedger.Ingestion.Prices.Lists;

/// <summary>A list of present prices as somebody publishes it: without a word on since when they hold.</summary>
/// <param name="Form">Its form.</param>
/// <param name="Models">The entries of providers that bill here; others are left out.</param>
public sealed record PriceList(PriceListForm Form, IReadOnlyList<ListedModel> Models);
