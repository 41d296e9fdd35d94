using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Billing;

/// <summary>Who sold a FOCUS row's usage, by a listed table of provider and service names.</summary>
/// <remarks>
/// Providers: FOCUS 1.0–1.2 ProviderName, 1.3 and later ServiceProviderName; names as the vendors write them, 2026-10.
/// </remarks>
internal static class FocusProvider
{
    /// <summary>Claude and other models sold by Amazon.</summary>
    public static readonly Channel Bedrock = new("bedrock");

    /// <summary>Models sold by Microsoft on Azure.</summary>
    public static readonly Channel Azure = new("azure");

    /// <summary>The channel, or null; and whether the row is of a general cloud's other services.</summary>
    public static (Channel? Channel, bool IsOtherCloudService) Of(BillCells cells)
    {
        if (OfService(BillCells.Fold(cells["servicename"] ?? "")) is { } byService)
            return (byService, false);
        var provider = BillCells.Fold(
            cells.First("serviceprovidername", "providername", "invoiceissuername", "publishername") ?? "");
        return provider switch
        {
            "github" or "githubinc" => (Channel.Copilot, false),
            "anthropic" or "anthropicpbc" => (Channel.Anthropic, false),
            "openai" or "openaiopcollc" or "openaillc" => (Channel.OpenAI, false),
            "aws" or "amazonwebservices" or "amazonwebservicesinc" or "amazon" or "microsoft" or "microsoftazure"
                or "azure" or "google" or "googlecloud" or "googlecloudplatform" or "gcp" => (null, true),
            _ => (null, false),
        };
    }

    // Amazon names one service per model ("Claude Sonnet 4.5 (Amazon Bedrock Edition)"), so the words decide there.
    private static Channel? OfService(string service) => service switch
    {
        "githubcopilot" or "github" or "githubaicredits" => Channel.Copilot,
        "claudeapi" or "anthropicapi" or "claudeconsole" => Channel.Anthropic,
        "openaiapi" => Channel.OpenAI,
        "geminiapi" or "vertexai" or "generativelanguageapi" or "googleaistudio" => Channel.Google,
        "azureopenai" or "azureopenaiservice" or "azureaifoundry" or "microsoftfoundry" or "azureaifoundrymodels"
            or "foundrymodels" or "azureaiservices" => Azure,
        _ => service.Contains("amazonbedrock", StringComparison.Ordinal) ? Bedrock : null,
    };
}
