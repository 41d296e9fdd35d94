using System.Collections.Concurrent;
using TokenLedger.Application.Days;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Artifacts;

/// <summary>Runs, their models and their shares as the artifact has them.</summary>
internal sealed class RunEntries
{
    /// <summary>The code of the warning that claims about a run speak of more than its part in the period.</summary>
    public const string UsageOutsidePeriod = "usage-outside-period";

    private const string Estimated = "estimated";

    private readonly (DateOnly From, DateOnly To)? period;
    private readonly IReadOnlySet<Channel> billedChannels;
    private readonly Func<PricedSlice, IEnumerable<ShareRow>> sharesOf;
    private readonly ExpectedBills? expected;
    private readonly Dictionary<(DateOnly, Channel), SettlementStatus> statusByDay;
    private readonly ConcurrentDictionary<string, string[]> reasons = new(StringComparer.Ordinal);

    /// <param name="sharesOf">The shares of a slice.</param>
    /// <param name="settlements">How final the days are.</param>
    /// <param name="billedChannels">Channels of which a bill is known or configured.</param>
    /// <param name="period">The period that runs are cut to; null for whole runs.</param>
    /// <param name="expected">What is expected of bills that are not there yet; null when nothing is.</param>
    private RunEntries(
        Func<PricedSlice, IEnumerable<ShareRow>> sharesOf,
        IEnumerable<DaySettlement> settlements,
        IReadOnlySet<Channel> billedChannels,
        (DateOnly From, DateOnly To)? period,
        ExpectedBills? expected)
    {
        this.period = period;
        this.expected = expected;
        this.billedChannels = billedChannels;
        this.sharesOf = sharesOf;
        // Where two accounts of one channel show a day, the run is only as final as the less final of them.
        statusByDay = settlements
            .GroupBy(day => (day.Day, ScopeMembers.ChannelOf(day.Account)))
            .ToDictionary(group => group.Key, group => group.Min(day => day.Status));
    }

    /// <summary>Entries of the runs of a period, cut to it.</summary>
    public static IReadOnlyList<RunEntry> Of(PeriodReconciliation period)
    {
        var shares = period.Days.SelectMany(day => day.Shares)
            .ToLookup(share => (share.Slice.Run.Key, share.Slice.Day));
        var entries = new RunEntries(
            slice => shares[(slice.Run.Key, slice.Day)]
                .Where(share => PricedSliceOrder.Instance.Compare(share.Slice, slice) == 0)
                .Select(ShareRow.Of),
            period.Settlements, period.BilledChannels, (period.From, period.To), ExpectedBills.Of(period));
        return new RunEntryList(period.Runs, entries);
    }

    /// <summary>Entries of whole runs with shares that are stored.</summary>
    /// <param name="stored">The shares with their days.</param>
    /// <param name="settlements">How final the days are.</param>
    /// <param name="billedChannels">Channels of which a bill is known or configured.</param>
    public static RunEntries OfStored(
        IEnumerable<(DateOnly Day, ShareRow Share)> stored,
        IEnumerable<DaySettlement> settlements,
        IReadOnlySet<Channel> billedChannels)
    {
        var shares = stored.ToLookup(pair => (pair.Share.Run, pair.Day), pair => pair.Share);
        return new RunEntries(
            slice => shares[(slice.Run.Key, slice.Day)].Where(share => share.IsOf(slice)), settlements,
            billedChannels, period: null, expected: null);
    }

    public RunEntry Create(PeriodRun run)
    {
        var facts = run.Facts;
        var models = run.Slices.Select(slice => (Slice: slice, Shares: sharesOf(slice).ToList())).ToList();
        var isBilled = models.Exists(model => model.Shares.Count > 0);
        var billed = BilledSum.Of(models.SelectMany(model => model.Shares).Select(Amount));
        var estimates = run.Slices.Where(slice => slice.EstimatedAiCredits is not null).ToList();
        return new RunEntry
        {
            Host = facts.Key.Host,
            Repository = facts.Repository,
            RunId = facts.Key.RunId,
            Attempt = facts.Key.Attempt,
            WorkflowName = facts.WorkflowName,
            WorkflowPath = facts.WorkflowPath,
            Engine = facts.Engine,
            Event = facts.Event,
            Actor = facts.Actor,
            TriggeringActor = facts.TriggeringActor,
            Payer = facts.Payer.ToString(),
            PullRequest = facts.PullRequest,
            PullRequestAbsence = facts.PullRequestAbsence is { } absence ? WireNames.Of(absence) : null,
            Issue = facts.Issue,
            HeadBranch = facts.HeadBranch,
            Conclusion = facts.Conclusion,
            StartedAt = facts.StartedAt,
            ActionsMinutes = facts.ActionsMinutes,
            Collection = facts.Collection is { } collection ? WireNames.Of(collection) : null,
            Settlement = WireNames.Of(StatusOf(run)),
            EstimatedAiCredits = estimates.Count == 0 ? null
                : estimates.Sum(slice => slice.EstimatedAiCredits!.Value.Total),
            ProxyReportedAiCredits = run.Report.ProxyReportedAiCredits,
            SessionReportedAiCredits = run.Report.SessionReportedAiCredits,
            BilledAiCredits = isBilled ? billed.AiCredits : null,
            BilledGrossUsd = isBilled ? billed.GrossUsd : null,
            BilledNetUsd = isBilled ? billed.NetUsd : null,
            Warnings = [.. WarningsOf(run)],
            Models = [.. models.Select(model => Create(model.Slice, model.Shares))],
        };
    }

    private IEnumerable<WarningEntry> WarningsOf(PeriodRun run)
    {
        foreach (var notice in run.Warnings)
            yield return new WarningEntry { Code = notice.Code, Message = notice.Message };
        if (period is var (from, to) && run.UsageDays is var (first, last) && (first < from || last >= to))
            yield return new WarningEntry
            {
                Code = UsageOutsidePeriod,
                Message = "The run went on beyond the period: what proxy and session report is of the whole run, "
                    + "all other figures are of its days in the period.",
            };
    }

    private SettlementStatus StatusOf(PeriodRun run) => run.Slices
        .Select(slice => statusByDay.GetValueOrDefault((slice.Day, slice.Channel), SettlementStatus.Estimated))
        .DefaultIfEmpty(SettlementStatus.Estimated)
        .Min();

    private ModelEntry Create(PricedSlice slice, List<ShareRow> shares)
    {
        var billed = BilledSum.Of(shares.Select(Amount));
        var state = StateOf(slice, shares.Count > 0, billedChannels);
        var calibrated =
            string.Equals(state, Estimated, StringComparison.Ordinal) ? expected?.Of(slice) : null;
        return new ModelEntry
        {
            Day = slice.Day,
            Phase = WireNames.Of(slice.Phase),
            Purpose = WireNames.Of(slice.Purpose),
            Channel = slice.Channel.ToString(),
            Model = slice.Model,
            AutoSelected = slice.IsAutoSelected,
            ServiceTier = slice.ServiceTier,
            ContextBand = slice.ContextBand,
            State = state,
            Requests = slice.Requests,
            InputTokens = slice.Tokens.Input,
            OutputTokens = slice.Tokens.Output,
            CacheReadTokens = slice.Tokens.CacheRead,
            CacheWrite5mTokens = slice.Tokens.CacheWrite5m,
            CacheWrite1hTokens = slice.Tokens.CacheWrite1h,
            ReasoningTokens = slice.Tokens.Reasoning,
            DurationMs = slice.DurationMilliseconds,
            EstimatedAiCredits = slice.EstimatedAiCredits?.Total,
            EstimatedHighAiCredits = slice.HighEstimatedAiCredits,
            CalibratedAiCredits = Credits(calibrated?.NanoCredits),
            CalibratedLowAiCredits = Credits(calibrated?.LowNanoCredits),
            CalibratedHighAiCredits = Credits(calibrated?.HighNanoCredits),
            BilledAiCredits = shares.Count == 0 ? null : billed.AiCredits,
            BilledGrossUsd = shares.Count == 0 ? null : billed.GrossUsd,
            BilledNetUsd = shares.Count == 0 ? null : billed.NetUsd,
            Shares = [.. shares.Select(Create)],
        };
    }

    /// <summary>What is known of a slice's money.</summary>
    public static string StateOf(
        PricedSlice slice, bool isBilled, IReadOnlySet<Channel> billedChannels) => isBilled ? "billed"
        : slice.Unpriced is not null ? "unpriced"
        : billedChannels.Contains(slice.Channel) ? Estimated
        : "estimated(no-bill-source)";

    private ShareEntry Create(ShareRow share) => new()
    {
        ChargeId = share.ChargeId,
        BilledAiCredits = Amount(share).AiCredits,
        BilledGrossUsd = Amount(share).GrossUsd,
        BilledNetUsd = Amount(share).NetUsd,
        LowAiCredits = AiCredits.FromNanoCredits(share.LowNanoCredits),
        HighAiCredits = AiCredits.FromNanoCredits(share.HighNanoCredits),
        Method = WireNames.Of(share.Method),
        Confidence = WireNames.Of(share.Confidence),
        ConfidenceReasons = ReasonsOf(share.Reasons),
    };

    // Few combinations, each of thousands of shares.
    private string[] ReasonsOf(string joined) =>
        reasons.GetOrAdd(joined, static text => text.Split(',', StringSplitOptions.RemoveEmptyEntries));

    private static decimal? Credits(long? nanoCredits) =>
        nanoCredits is { } known ? AiCredits.FromNanoCredits(known) : null;

    private static BilledSum Amount(ShareRow share) => new(share.GrossNanoCredits, share.NetNanoCredits);
}
