using System.Globalization;
using TokenLedger.Domain.Attribution;
using TokenLedger.Domain.Spend;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Statements;

/// <summary>One thing that a statement is grouped by.</summary>
/// <param name="Dimension">What.</param>
/// <param name="Tag">The tag's name; null for every other dimension.</param>
public sealed record StatementGrouping(StatementDimension Dimension, string? Tag = null)
{
    /// <summary>The value of a line; null when nobody knows one.</summary>
    /// <param name="line">The line.</param>
    /// <param name="attribution">What rules say of its run; <see cref="RunAttribution.None"/> without one.</param>
    public string? ValueOf(SpendLine line, RunAttribution attribution) => Dimension switch
    {
        StatementDimension.Team => attribution.Team,
        StatementDimension.TaskType => attribution.TaskType,
        StatementDimension.Tag => attribution.Tags.GetValueOrDefault(Tag ?? ""),
        StatementDimension.Repository => line.Repository,
        StatementDimension.Workflow => line.Run?.WorkflowName ?? line.WorkflowPath,
        StatementDimension.Organization =>
            line.Run?.Owner ?? line.Charge?.Dimensions.Organization.Text ?? line.Repository?.Split('/')[0],
        StatementDimension.Person => line.Run?.Actor ?? line.BilledUser,
        StatementDimension.CostCenter => line.CostCenter,
        StatementDimension.Model => line.Model,
        StatementDimension.Channel => line.Channel.ToString(),
        StatementDimension.Account => line.Account?.Key,
        StatementDimension.Day => line.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        StatementDimension.Month => line.Day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        StatementDimension.Phase => line.Slice?.Phase.ToString(),
        StatementDimension.Purpose => line.Slice?.Purpose.ToString(),
        _ => line.Run is { } run ? OfRun(run) : null,
    };

    private string? OfRun(RunFacts run) => Dimension switch
    {
        StatementDimension.PullRequest => Numbered(run, run.PullRequest),
        StatementDimension.Issue => Numbered(run, run.Issue),
        StatementDimension.Branch => run.HeadBranch is { } branch ? $"{run.Repository}@{branch}" : null,
        StatementDimension.Payer => run.Payer.ToString(),
        StatementDimension.Engine => run.Engine,
        StatementDimension.Event => run.Event,
        _ => throw new InvalidOperationException($"{Dimension} is no dimension of a run."),
    };

    private static string? Numbered(RunFacts run, long? number) => number is { } known
        ? string.Create(CultureInfo.InvariantCulture, $"{run.Repository}#{known}") : null;
}
