using System.Text.Json.Nodes;

namespace TokenLedger.Hosting.Tests.Served;

/// <summary>An answer that the document lists.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">All headers, one a line.</param>
/// <param name="Body">The body.</param>
internal sealed record Answer(int Status, string Headers, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>The code at the end of a problem's type.</summary>
    public string Problem => ((string)Json["type"]!).Split(':')[^1];

    public string State => (string)Json["status"]!;
}
