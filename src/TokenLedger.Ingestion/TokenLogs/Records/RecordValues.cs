namespace TokenLedger.Ingestion.TokenLogs.Records;

/// <summary>Rules on single values that both readers of records share.</summary>
internal static class RecordValues
{
    /// <summary>The longest name that may become part of a slice, in UTF-16 units.</summary>
    public const int NameLengthMax = 256;

    /// <summary>The longest believed response, eleven days; above it the duration counts as unknown.</summary>
    public const long DurationMillisecondsMax = 1_000_000_000;

    /// <summary>The status of a record that stands for a whole WebSocket connection.</summary>
    public const int WebSocketStatus = 101;

    /// <summary>The one event that spends tokens.</summary>
    public static ReadOnlySpan<byte> UsageEvent => "token_usage"u8;

    /// <summary>The prefix of every release's <c>_schema</c>.</summary>
    public static ReadOnlySpan<byte> SchemaPrefix => "token-usage/"u8;

    /// <summary>Whether a status belongs to a billed response: success, or a WebSocket's upgrade.</summary>
    public static bool IsBilledStatus(long status) => status is >= 200 and <= 299 or WebSocketStatus;
}
