using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TokenLedger.Application.Configuration;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;

namespace TokenLedger.Application.Reconciling;

/// <summary>Hashes everything that decides a reconciliation, so that equal hashes are equal results.</summary>
internal sealed class InputDigest : IDisposable
{
    // Neither can stand in a name that a bill or a log gives us unescaped by chance and make two inputs look alike.
    private const char FieldEnd = '\u001f';
    private const char RowEnd = '\u001e';

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public static string Of(
        ReconciliationScope scope,
        DateOnly from,
        DateOnly to,
        LedgerConfiguration configuration,
        IEnumerable<PeriodRun> runs,
        IEnumerable<Observation> observations)
    {
        using var digest = new InputDigest();
        digest.Add(scope.Kind, scope.Name, scope.CostCenter, Text(from), Text(to));
        foreach (var source in configuration.Sources)
            digest.Add(source);
        foreach (var run in runs)
            digest.Add(run);
        foreach (var look in observations)
        {
            digest.Add(
                look.Account.Key, look.View, Text(look.Day), look.Filter,
                look.ObservedAt.UtcTicks, look.ContentHash, look.IsIncomplete, look.Charges.Count);
        }

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

    private void Add(PeriodRun run)
    {
        var facts = run.Run.Facts;
        var report = run.Run.Report;
        Add(
            facts.Key, facts.Repository, facts.WorkflowName, facts.WorkflowPath, facts.Engine, facts.Event, facts.Actor,
            facts.Payer, facts.PullRequest, facts.Conclusion, facts.StartedAt?.UtcTicks,
            report.ProxyReportedAiCredits, report.SessionReportedAiCredits, report.LostCacheWriteTokens);
        foreach (var warning in run.Run.Warnings)
            Add(warning.Code, warning.Message);
        Add(run.Run.Slices.Min(slice => (DateOnly?)slice.Day), run.Run.Slices.Max(slice => (DateOnly?)slice.Day));
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
        var row = new StringBuilder();
        foreach (var field in fields)
        {
            // Null and an empty text are two things.
            row.Append(field is null ? "\0" : Convert.ToString(field, CultureInfo.InvariantCulture));
            row.Append(FieldEnd);
        }

        hash.AppendData(Encoding.UTF8.GetBytes(row.Append(RowEnd).ToString()));
    }
}
