namespace TokenLedger.Ingestion.Tests.TokenLogs;

/// <summary>Invented records in the shapes of the releases from v0.25.8 to v0.28.50.</summary>
internal static class SampleRecords
{
    public const string Claude =
        """{"_schema":"token-usage/v0.28.50","timestamp":"2026-10-09T18:15:42.915Z","event":"token_usage","request_id":"3f0c9a52-0000-4000-8000-000000000001","purpose":"","provider":"copilot","model":"claude-sonnet-5","path":"/v1/messages?beta=true","status":200,"streaming":true,"input_tokens":4,"output_tokens":210,"cache_read_tokens":18000,"cache_write_tokens":950,"duration_ms":4020,"ai_credits_this_response":0.8083,"ai_credits_total":0.8083,"ai_credits_pricing_source":"provider","x_initiator":"agent","api_version":"2026-03-10","response_bytes":8123}""";

    public const string Early =
        """{"timestamp": "2026-04-01T17:56:38.042Z", "request_id": "early-1", "provider": "anthropic", "model": "claude-sonnet-4-6", "path": "/v1/messages?beta=true", "status": 200, "streaming": true, "input_tokens": 3, "output_tokens": 414, "cache_read_tokens": 14044, "cache_write_tokens": 26035, "duration_ms": 6383, "response_bytes": 2843}""";

    public const string Router =
        """{"_schema":"token-usage/v0.28.50","timestamp":"2026-10-09T05:02:59.199Z","event":"token_usage","request_id":"3f0c9a52-0000-4000-8000-000000000002","purpose":"routing_classification","provider":"copilot","model":"gpt-5.6-luna","path":"/responses","status":101,"input_tokens":802,"output_tokens":131,"cache_read_tokens":0,"cache_write_tokens":0,"duration_ms":2520,"ai_credits_this_response":0.03176,"response_bytes":0}""";

    public const string Nested =
        """{"_schema":"token-usage/v0.28.4","timestamp":"2026-09-02T10:00:04.120Z","event":"token_usage","request_id":"3f0c9a52-0000-4000-8000-000000000003","provider":"openai","model":"gpt-5.4","path":"/responses","status":200,"input_tokens":22000,"output_tokens":120,"reasoning_tokens":64,"cached_input_tokens":21000,"cache_creation":{"ephemeral_5m_input_tokens":10,"ephemeral_1h_input_tokens":20},"steering":{"type":"ai_credit","threshold":80},"service_tier":"priority","duration_ms":2900}""";

    public const string Steering =
        """{"timestamp":"2026-10-09T18:15:42.915Z","event":"token_steering","request_id":"3f0c9a52-0000-4000-8000-000000000001","provider":"copilot","threshold":80,"message":"[AWF TOKEN WARNING] 80 %"}""";

    public const string Billed =
        """{"_schema":"token-usage/v0.28.4","timestamp":"2026-09-02T10:00:04.120Z","event":"token_usage","request_id":"3f0c9a52-0000-4000-8000-000000000004","provider":"copilot","model":"claude-sonnet-5","path":"/v1/messages","status":200,"streaming":true,"input_tokens":7,"output_tokens":33,"cache_read_tokens":4100,"cache_write_tokens":12,"billing":{"token_details":[{"token_type":"input", "batch_size":1000000,"cost_per_batch":2.5},{}],"plan":"team","total_nano_aiu":4810000,"free": false,"limit":null},"duration_ms":1210}""";

    public static IReadOnlyList<string> All { get; } = [Claude, Early, Router, Nested, Billed, Steering];
}
