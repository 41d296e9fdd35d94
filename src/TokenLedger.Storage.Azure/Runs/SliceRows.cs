using TokenLedger.Domain.Usage;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Runs;

/// <summary>Slices as rows of <c>runusage</c>.</summary>
internal static class SliceRows
{
    public static readonly TableColumns Columns = new()
    {
        { "host", TableColumnKind.Text }, { "runid", TableColumnKind.Int64 }, { "attempt", TableColumnKind.Int32 },
        { "slice", TableColumnKind.Int32 }, { "day", TableColumnKind.Text }, { "phase", TableColumnKind.Text },
        { "purpose", TableColumnKind.Text }, { "channel", TableColumnKind.Text }, { "model", TableColumnKind.Text },
        { "autoselected", TableColumnKind.Boolean }, { "servicetier", TableColumnKind.Text },
        { "promptlengththresholdtokens", TableColumnKind.Int64 }, { "evidence", TableColumnKind.Text },
        { "requests", TableColumnKind.Int64 }, { "durationms", TableColumnKind.Int64 },
        { "inputtokens", TableColumnKind.Int64 }, { "outputtokens", TableColumnKind.Int64 },
        { "cachereadtokens", TableColumnKind.Int64 }, { "cachewrite5mtokens", TableColumnKind.Int64 },
        { "cachewrite1htokens", TableColumnKind.Int64 }, { "reasoningtokens", TableColumnKind.Int64 },
        { "unresolvedcachetokens", TableColumnKind.Int64 },
    };

    /// <param name="slice">The slice.</param>
    /// <param name="number">Its place within the attempt, from 0.</param>
    /// <param name="revision">The run's revision.</param>
    /// <param name="generation">The run's generation.</param>
    public static TableEntity ToRow(UsageSlice slice, int number, long revision, string generation) => new LedgerRow(
            RunKeys.Day(slice.Day, slice.Run.Host, slice.Run.RunId),
            Generation.Key(generation, $"{RowText.Narrow(slice.Run.Attempt)}|{RowText.Narrow(number)}"))
        .Add("host", slice.Run.Host)
        .Add("runid", slice.Run.RunId)
        .Add("attempt", slice.Run.Attempt)
        .Add("slice", number)
        .Add("day", slice.Day)
        .Add("phase", slice.Phase.ToString())
        .Add("purpose", slice.Purpose.ToString())
        .Add("channel", slice.Channel.ToString())
        .Add("model", slice.Model)
        .Add("autoselected", slice.IsAutoSelected)
        .Add("servicetier", slice.ServiceTier)
        .Add("promptlengththresholdtokens", slice.PromptLengthThresholdTokens)
        .Add("evidence", slice.Evidence.ToString())
        .Add("requests", slice.Requests)
        .Add("durationms", slice.DurationMilliseconds)
        .Add("inputtokens", slice.Tokens.Input)
        .Add("outputtokens", slice.Tokens.Output)
        .Add("cachereadtokens", slice.Tokens.CacheRead)
        .Add("cachewrite5mtokens", slice.Tokens.CacheWrite5m)
        .Add("cachewrite1htokens", slice.Tokens.CacheWrite1h)
        .Add("reasoningtokens", slice.Tokens.Reasoning)
        .Add("unresolvedcachetokens", slice.UnresolvedCacheTokens)
        .Add("revision", revision)
        .ToEntity();

    public static int NumberFromRow(TableEntity row) => row.KnownInt32("slice");

    public static UsageSlice FromRow(TableEntity row) => new(
        RunRows.KeyFromRow(row),
        row.KnownDay("day"),
        row.KnownEnum<Phase>("phase"),
        row.KnownEnum<Purpose>("purpose"),
        new Channel(row.KnownText("channel")),
        row.KnownText("model"),
        row.KnownBoolean("autoselected"),
        row.KnownText("servicetier"),
        row.KnownInt64("promptlengththresholdtokens"),
        row.KnownEnum<UsageEvidence>("evidence"),
        row.KnownInt64("requests"),
        row.KnownInt64("durationms"),
        new TokenCounts(
            row.KnownInt64("inputtokens"), row.KnownInt64("outputtokens"), row.KnownInt64("cachereadtokens"),
            row.KnownInt64("cachewrite5mtokens"), row.KnownInt64("cachewrite1htokens"),
            row.KnownInt64("reasoningtokens")),
        row.KnownInt64("unresolvedcachetokens"));
}
