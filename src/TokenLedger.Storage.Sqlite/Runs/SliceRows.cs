using Microsoft.Data.Sqlite;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Storage.Sqlite.Runs;

/// <summary>Slices as rows of <c>runusage</c>.</summary>
internal static class SliceRows
{
    public const string Table = "runusage";

    public static readonly IReadOnlyList<string> ColumnNames =
    [
        "host", "runid", "attempt", "day", "phase", "purpose", "channel", "model", "autoselected", "servicetier",
        "promptlengththresholdtokens", "evidence", "requests", "durationms", "inputtokens", "outputtokens",
        "cachereadtokens", "cachewrite5mtokens", "cachewrite1htokens", "reasoningtokens", "unresolvedcachetokens",
        "slice", "revision",
    ];

    public static void ToRow(RowWriter writer, UsageSlice slice, int number, long revision) => writer.Write(
        slice.Run.Host,
        slice.Run.RunId,
        slice.Run.Attempt,
        Columns.Text(slice.Day),
        slice.Phase.ToString(),
        slice.Purpose.ToString(),
        slice.Channel.ToString(),
        slice.Model,
        slice.IsAutoSelected,
        slice.ServiceTier,
        slice.PromptLengthThresholdTokens,
        slice.Evidence.ToString(),
        slice.Requests,
        slice.DurationMilliseconds,
        slice.Tokens.Input,
        slice.Tokens.Output,
        slice.Tokens.CacheRead,
        slice.Tokens.CacheWrite5m,
        slice.Tokens.CacheWrite1h,
        slice.Tokens.Reasoning,
        slice.UnresolvedCacheTokens,
        number,
        revision);

    public static UsageSlice FromRow(SqliteDataReader row, RunKey run, RepeatedTexts texts) => new(
        run,
        row.Day(3),
        row.Enum<Phase>(4),
        row.Enum<Purpose>(5),
        new Channel(texts.Of(row.GetString(6))),
        texts.Of(row.GetString(7)),
        row.GetBoolean(8),
        texts.Of(row.GetString(9)),
        row.GetInt64(10),
        row.Enum<UsageEvidence>(11),
        row.GetInt64(12),
        row.GetInt64(13),
        new TokenCounts(
            row.GetInt64(14), row.GetInt64(15), row.GetInt64(16), row.GetInt64(17), row.GetInt64(18), row.GetInt64(19)),
        row.GetInt64(20));
}
