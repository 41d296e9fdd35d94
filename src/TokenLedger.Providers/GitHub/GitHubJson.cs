using System.Text.Json;

namespace TokenLedger.Providers.GitHub;

/// <summary>Opens small answers of GitHub's API.</summary>
internal static class GitHubJson
{
    private const int MaximumDepth = 64;

    /// <summary>The document; null when it is no JSON.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaximumDepth });
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
