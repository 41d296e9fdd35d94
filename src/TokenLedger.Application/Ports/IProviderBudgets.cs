using TokenLedger.Application.Configuration;

namespace TokenLedger.Application.Ports;

/// <summary>Reads the budgets that a provider keeps itself.</summary>
public interface IProviderBudgets
{
    /// <summary>Whether a source's provider can be asked: it has a token and keeps budgets.</summary>
    bool Covers(SourceConfiguration source);

    /// <summary>All budgets of a source's account, in the provider's order.</summary>
    /// <param name="source">Whose budgets; covered.</param>
    /// <param name="cancellation">Ends the requests.</param>
    /// <returns>All of them, or why there are none; never a part.</returns>
    Task<ProviderAnswer<IReadOnlyList<ProviderBudget>>> ReadAsync(
        SourceConfiguration source, CancellationToken cancellation);
}
