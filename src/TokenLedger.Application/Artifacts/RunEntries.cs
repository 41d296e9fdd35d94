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

    private readonly (DateOnly From, DateOnly To)? period;
    private readonly IReadOnlySet<Channel> billedChannels;
    private readonly ILookup<(RunKey Run, DateOnly Day, string Slice), ShareRow> sharesBySlice;
    private readonly Dictionary<(DateOnly, Channel), SettlementStatus> statusByDay;

    /// <param name="shares">The shares with their days.</param>
    /// <param name="settlements">How final the days are.</param>
    /// <param name="billedChannels">Channels of which a bill is known or configured.</param>
    /// <param name="period">The period that runs are cut to; null for whole runs.</param>
    public RunEntries(
        IEnumerable<(DateOnly Day, ShareRow Share)> shares,
        IEnumerable<DaySettlement> settlements,
        IReadOnlySet<Channel> billedChannels,
        (DateOnly From, DateOnly To)? period)
    {
        this.period = period;
        this.billedChannels = billedChannels;
        sharesBySlice = shares.ToLookup(pair => (pair.Share.Run, pair.Day, pair.Share.SliceKey), pair => pair.Share);
        // Where two accounts of one channel show a day, the run is only as final as the less final of them.
        statusByDay = settlements
            .GroupBy(day => (day.Day, ScopeMembers.ChannelOf(day.Account)))
            .ToDictionary(group => group.Key, group => group.Min(day => day.Status));
    }

    public static IEnumerable<RunEntry> Of(PeriodReconciliation period)
    {
        var entries = new RunEntries(
            period.Days.SelectMany(day => day.Shares.Select(share => (day.Day, ShareRow.Of(share)))),
            period.Settlements, period.BilledChannels, (period.From, period.To));
        return period.Runs.Select(entries.Create);
    }

    public RunEntry Create(PeriodRun run)
    {
        var facts = run.Run.Facts;
        var shares = run.Slices.SelectMany(SharesOf).ToList();
        var billed = BilledSum.Of(shares.Select(Amount));
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
            Conclusion = facts.Conclusion,
            StartedAt = facts.StartedAt,
            ActionsMinutes = facts.ActionsMinutes,
            Collection = facts.Collection is { } collection ? WireNames.Of(collection) : null,
            Settlement = WireNames.Of(StatusOf(run)),
            EstimatedAiCredits = estimates.Count == 0 ? null
                : estimates.Sum(slice => slice.EstimatedAiCredits!.Value.Total),
            ProxyReportedAiCredits = run.Run.Report.ProxyReportedAiCredits,
            SessionReportedAiCredits = run.Run.Report.SessionReportedAiCredits,
            BilledAiCredits = shares.Count == 0 ? null : billed.AiCredits,
            BilledGrossUsd = shares.Count == 0 ? null : billed.GrossUsd,
            BilledNetUsd = shares.Count == 0 ? null : billed.NetUsd,
            Warnings = [.. WarningsOf(run)],
            Models = [.. run.Slices.Select(Create)],
        };
    }

    private IEnumerable<WarningEntry> WarningsOf(PeriodRun run)
    {
        foreach (var notice in run.Run.Warnings)
            yield return new WarningEntry { Code = notice.Code, Message = notice.Message };
        if (period is var (from, to) && run.Run.Slices.Any(slice => slice.Day < from || slice.Day >= to))
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

    private ModelEntry Create(PricedSlice slice)
    {
        var shares = SharesOf(slice).ToList();
        var billed = BilledSum.Of(shares.Select(Amount));
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
            State = StateOf(slice, shares.Count > 0),
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
            BilledAiCredits = shares.Count == 0 ? null : billed.AiCredits,
            BilledGrossUsd = shares.Count == 0 ? null : billed.GrossUsd,
            BilledNetUsd = shares.Count == 0 ? null : billed.NetUsd,
            Shares = [.. shares.Select(Create)],
        };
    }

    private string StateOf(PricedSlice slice, bool isBilled) => isBilled ? "billed"
        : slice.Unpriced is not null ? "unpriced"
        : billedChannels.Contains(slice.Channel) ? "estimated"
        : "estimated(no-bill-source)";

    private IEnumerable<ShareRow> SharesOf(PricedSlice slice) =>
        sharesBySlice[(slice.Run.Key, slice.Day, ShareRow.SliceKeyOf(slice))];

    private static ShareEntry Create(ShareRow share) => new()
    {
        ChargeId = share.ChargeId,
        BilledAiCredits = Amount(share).AiCredits,
        BilledGrossUsd = Amount(share).GrossUsd,
        BilledNetUsd = Amount(share).NetUsd,
        LowAiCredits = AiCredits.FromNanoCredits(share.LowNanoCredits),
        HighAiCredits = AiCredits.FromNanoCredits(share.HighNanoCredits),
        Method = WireNames.Of(share.Method),
        Confidence = WireNames.Of(share.Confidence),
        ConfidenceReasons = share.Reasons.Split(',', StringSplitOptions.RemoveEmptyEntries),
    };

    private static BilledSum Amount(ShareRow share) => new(share.GrossNanoCredits, share.NetNanoCredits);
}
