namespace TokenLedger.Ingestion.Prices.Lists;

/// <summary>Whose form a list of present prices has.</summary>
public enum PriceListForm
{
    /// <summary>LiteLLM's <c>model_prices_and_context_window.json</c>: USD per token.</summary>
    LiteLlm,

    /// <summary>The <c>api.json</c> of models.dev: USD per million tokens.</summary>
    ModelsDev,
}
