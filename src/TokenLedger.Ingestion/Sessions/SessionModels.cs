using TokenLedger.Domain.Pricing;

namespace TokenLedger.Ingestion.Sessions;

/// <summary>Brings the model names of a session to the ledger's, and undoes aliases.</summary>
internal static class SessionModels
{
    /// <summary>The models with tokens; a null name stays null.</summary>
    /// <remarks>
    /// Copilot CLI may book tokens under an alias such as <c>small</c> without money, and the money under the real
    /// model without tokens (observed 2026-10): with exactly one of each, they are one model.
    /// </remarks>
    public static List<SessionModel> Resolved(SessionRecord session, ModelNames names)
    {
        var moneyOnly = session.Models.Where(model => model.HasMoney && model.Tokens.Total == 0).ToList();
        var withTokens = session.Models.Where(model => model.Tokens.Total > 0).ToList();
        var aliases = withTokens.FindAll(model => !model.HasMoney && model.Name is not null);
        return withTokens.ConvertAll(model =>
        {
            var isAlias = aliases is [var only] && moneyOnly.Count == 1 && ReferenceEquals(only, model);
            var name = isAlias ? moneyOnly[0].Name : model.Name;
            return model with { Name = name is null ? null : names.Normalise(name).Canonical };
        });
    }
}
