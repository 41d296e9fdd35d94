using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Charges;
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

    private readonly PeriodReconciliation period;
    private readonly ILookup<string, Share> sharesBySlice;
    private readonly Dictionary<(DateOnly, Channel), SettlementStatus> statusByDay;

    public RunEntries(PeriodReconciliation period)
    {
        this.period = period;
        sharesBySlice = period.Days.SelectMany(day => day.Shares)
            .ToLookup(share => share.Slice.Key, StringComparer.Ordinal);
        // Where two accounts of one channel show a day, the run is only as final as the less final of them.
        statusByDay = period.Settlements
            .GroupBy(day => (day.Day, ChannelOf(day.Account)))
            .ToDictionary(group => group.Key, group => group.Min(day => day.Status));
    }

    public IEnumerable<RunEntry> All() => period.Runs.Select(Create);

    private static Channel ChannelOf(BillingAccount account) => ScopeMembers.ChannelOf(account);

    private RunEntry Create(PeriodRun run)
    {
        var facts = run.Run.Facts;
        var shares = run.Slices.SelectMany(slice => sharesBySlice[slice.Key]).ToList();
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
            Payer = facts.Payer.ToString(),
            PullRequest = facts.PullRequest,
            Conclusion = facts.Conclusion,
            StartedAt = facts.StartedAt,
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
        if (run.Run.Slices.Any(slice => slice.Day < period.From || slice.Day >= period.To))
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
        var shares = sharesBySlice[slice.Key].ToList();
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
        : period.BilledChannels.Contains(slice.Channel) ? "estimated"
        : "estimated(no-bill-source)";

    private static ShareEntry Create(Share share) => new()
    {
        ChargeId = share.Charge.Id,
        BilledAiCredits = Amount(share).AiCredits,
        BilledGrossUsd = Amount(share).GrossUsd,
        BilledNetUsd = Amount(share).NetUsd,
        LowAiCredits = AiCredits.FromNanoCredits(share.LowNanoCredits),
        HighAiCredits = AiCredits.FromNanoCredits(share.HighNanoCredits),
        Method = WireNames.Of(share.Method),
        Confidence = WireNames.Of(share.Confidence),
        ConfidenceReasons = share.Reasons,
    };

    private static BilledSum Amount(Share share) => new(share.GrossNanoCredits, share.NetNanoCredits);
}
