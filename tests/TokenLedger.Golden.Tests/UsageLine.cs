using System.Globalization;
using System.Text;

namespace TokenLedger.Golden.Tests;

/// <summary>One line of a <c>token-usage.jsonl</c>, in the words of a case.</summary>
internal sealed record UsageLine(string Provider, string Model, long Input, long Output, long Read = 0, long Write = 0)
{
    /// <summary>The request id; null leaves the field out.</summary>
    public string? Id { get; init; } = "r-1";

    public string Path { get; init; } = "/v1/messages?beta=true";

    public string Time { get; init; } = "2026-11-03T09:15:00.000Z";

    public string Purpose { get; init; } = "";

    public int Status { get; init; } = 200;

    /// <summary>The proxy's own figure; null leaves the field out.</summary>
    public decimal? Credits { get; init; }

    /// <summary>Further fields as they stand, without a comma before them.</summary>
    public string Extra { get; init; } = "";

    public static implicit operator string(UsageLine line) => line.ToString();

    public override string ToString()
    {
        var text = new StringBuilder("{\"_schema\":\"token-usage/v0.28.50\",\"event\":\"token_usage\"");
        if (Id is not null)
            text.Append(CultureInfo.InvariantCulture, $",\"request_id\":\"{Id}\"");
        text.Append(CultureInfo.InvariantCulture,
            $",\"timestamp\":\"{Time}\",\"provider\":\"{Provider}\",\"model\":\"{Model}\",\"path\":\"{Path}\"");
        text.Append(CultureInfo.InvariantCulture,
            $",\"purpose\":\"{Purpose}\",\"status\":{Status},\"streaming\":true,\"duration_ms\":900");
        text.Append(CultureInfo.InvariantCulture,
            $",\"input_tokens\":{Input},\"output_tokens\":{Output}");
        text.Append(CultureInfo.InvariantCulture,
            $",\"cache_read_tokens\":{Read},\"cache_write_tokens\":{Write}");
        if (Credits is not null)
            text.Append(CultureInfo.InvariantCulture, $",\"ai_credits_this_response\":{Credits}");
        return text.Append(Extra.Length > 0 ? "," : "").Append(Extra).Append('}').ToString();
    }
}
