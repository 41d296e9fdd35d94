using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TokenLedger.Application.Configuration;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.CreditPools;
using TokenLedger.Domain.IncludedCredits;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Reconciling;

/// <summary>Hashes everything that decides a reconciliation, so that equal hashes are equal results.</summary>
internal sealed class InputDigest : IDisposable
{
    // Neither can stand in a name that a bill or a log gives us unescaped by chance and make two inputs look alike.
    private const char FieldEnd = '\u001f';
    private const char RowEnd = '\u001e';

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    // A month of a large organisation has a million rows.
    private readonly StringBuilder row = new();
    private char[] characters = [];
    private byte[] bytes = [];

    public static string Of(
        ReconciliationScope scope,
        DateOnly from,
        DateOnly to,
        LedgerConfiguration configuration,
        bool spreadsIncluded,
        IncludedCreditsOfPeriod included,
        IReadOnlyList<(BillingAccount Account, CreditPoolCycle Cycle)> pools,
        PeriodRuns runs,
        IEnumerable<Observation> observations)
    {
        using var digest = new InputDigest();
        digest.Add(scope.Kind, scope.Name, scope.CostCenter, Text(from), Text(to), spreadsIncluded);
        foreach (var source in configuration.Sources)
        {
            digest.Add(source);
            foreach (var grant in source.Included)
                digest.Add(grant);
        }

        foreach (var (account, cycle) in pools)
        {
            digest.Add(
                account.Key, cycle.Name, Text(cycle.Start), Text(cycle.End), cycle.GrantedNanoCredits,
                cycle.BilledThrough is { } day ? Text(day) : null, cycle.BilledNanoCredits, cycle.UsedNanoCredits);
        }

        foreach (var month in included.Months)
        {
            digest.Add(
                month.Account.Key, Text(month.Month), month.CostCenter, month.GrossNanoCredits, month.NetNanoCredits);
        }

        if (spreadsIncluded)
        {
            foreach (var (charge, net) in included.SpreadNets.OrderBy(net => net.Key, StringComparer.Ordinal))
                digest.Add(charge, net);
        }

        foreach (var run in runs.Runs)
            digest.Add(run);
        foreach (var run in runs.OfEveningBefore)
            digest.Add(run);
        foreach (var look in observations)
            digest.Add(look);

        return Convert.ToHexStringLower(digest.hash.GetHashAndReset());
    }

    // Raised whenever a day is reconciled otherwise of the same input, so that it is stored again.
    private const string DayVersion = "reconcile-day/4";

    /// <summary>The hash of what decides one account's day.</summary>
    /// <param name="outcome">The day with the usage that the account pays for.</param>
    /// <param name="configuration">Whom accounts pay for.</param>
    /// <param name="prices">The prices.</param>
    /// <param name="looks">All looks at the account's day, superseded ones too.</param>
    public static string OfDay(
        DayOutcome outcome, LedgerConfiguration configuration, PriceBook prices, IEnumerable<Observation> looks)
    {
        using var digest = new InputDigest();
        digest.Add(DayVersion, prices.Hash, outcome.Reconciliation.Account.Key, Text(outcome.Reconciliation.Day));
        foreach (var source in configuration.Sources)
            digest.Add(source);
        foreach (var slice in outcome.Slices)
        {
            digest.Add(slice.Run);
            digest.Add(slice);
        }

        foreach (var run in outcome.BareRuns)
            digest.Add(run);
        foreach (var look in looks)
            digest.Add(look);
        // Time alone moves a day from settled to closed.
        digest.Add(outcome.Settlement.Status, outcome.Settlement.Reason);
        return Convert.ToHexStringLower(digest.hash.GetHashAndReset());
    }

    public void Dispose() => hash.Dispose();

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private void Add(SourceConfiguration source)
    {
        Add(source.Account.Key, source.CostCenter);
        Add([.. source.PaysOrganizations]);
        Add([.. source.PaysRepositories]);
        Add([.. source.PaysPayers]);
        foreach (var bucket in source.ExclusiveBuckets)
            Add(bucket.Workspace, bucket.Project, bucket.ApiKey, bucket.User, bucket.CostCenter, bucket.Repository);
    }

    private void Add(IncludedGrant grant) => Add(
        grant.Plan, grant.Seats, grant.IsPromotional, grant.PoolAiCredits, grant.CostCenter,
        grant.From is { } from ? Text(from) : null, grant.To is { } to ? Text(to) : null);

    private void Add(Observation look) => Add(
        look.Account.Key, look.View, Text(look.Day), look.Filter,
        look.ObservedAt.UtcTicks, look.ContentHash, look.IsIncomplete, look.Charges.Count);

    private void Add(RunFacts facts) => Add(
        facts.Key, facts.Repository, facts.WorkflowName, facts.WorkflowPath, facts.Engine, facts.Event, facts.Actor,
        facts.Payer, facts.PullRequest, facts.Conclusion, facts.StartedAt?.UtcTicks);

    private void Add(PeriodRun run)
    {
        var report = run.Report;
        Add(run.Facts);
        Add(report.ProxyReportedAiCredits, report.SessionReportedAiCredits, report.LostCacheWriteTokens);
        foreach (var warning in run.Warnings)
            Add(warning.Code, warning.Message);
        Add(run.UsageDays?.First, run.UsageDays?.Last);
        // Its minutes decide it.
        if (!run.HasTelemetry && UnseenUsage.NextDayOf(run.Facts) is { } next)
            Add(Text(next));
        foreach (var slice in run.Slices)
            Add(slice);
    }

    private void Add(PricedSlice slice)
    {
        var tokens = slice.Tokens;
        Add(
            slice.Key, slice.Workspace, slice.Project, slice.ApiKey, slice.CostCenter, slice.Evidence, slice.Requests,
            slice.DurationMilliseconds, tokens.Input, tokens.Output, tokens.CacheRead, tokens.CacheWrite5m,
            tokens.CacheWrite1h, tokens.Reasoning, slice.HighEstimatedAiCredits);
    }

    private void Add(params ReadOnlySpan<object?> fields)
    {
        row.Clear();
        foreach (var field in fields)
        {
            // Null and an empty text are two things.
            if (field is null)
                row.Append('\0');
            else
                row.Append(CultureInfo.InvariantCulture, $"{field}");
            row.Append(FieldEnd);
        }

        row.Append(RowEnd);
        // Whole, because a character may be two in the text.
        if (characters.Length < row.Length)
        {
            characters = new char[row.Length * 2];
            bytes = new byte[Encoding.UTF8.GetMaxByteCount(characters.Length)];
        }

        row.CopyTo(0, characters, row.Length);
        hash.AppendData(bytes.AsSpan(0, Encoding.UTF8.GetBytes(characters.AsSpan(0, row.Length), bytes)));
    }
}
