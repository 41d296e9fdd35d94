using TokenLedger.Application.Alerts;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Alerting;

namespace TokenLedger.Providers.GitHub.Issues;

/// <summary>
/// One issue a group, with the newest event as its text and a comment for each event after the first. An issue and its
/// comments carry hidden marks, and are looked for before anything is made.
/// </summary>
public sealed class GitHubIssueChannel : IAlertChannel
{
    private readonly IssueQuestions issues;

    /// <param name="github">The way to GitHub.</param>
    /// <param name="configuration">Where it is, and what it is asked with.</param>
    /// <param name="channel">The channel, with a repository.</param>
    public GitHubIssueChannel(
        GitHubConnection github, GitHubConfiguration configuration, AlertChannelConfiguration channel)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(channel);
        Configuration = channel;
        if (channel.Repository?.Split('/') is not [var owner, var name])
            throw new ArgumentException("A channel of issues has a repository.", nameof(channel));
        issues = new IssueQuestions(
            github, configuration, new RepositoryAccess(configuration.Host, owner, name, null));
    }

    /// <inheritdoc/>
    public AlertChannelConfiguration Configuration { get; }

    /// <inheritdoc/>
    public async Task<ProviderAnswer<string>> SendAsync(
        AlertEvent told, string? reference, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(told);
        var answer = await SendMarkedAsync(told, reference, cancellation);
        return answer.Refusal is { Code: ProviderRefusal.Gone }
            ? new ProviderRefusal(
                ProviderRefusal.Gone,
                $"{Configuration.Repository} has no issues (410): enable them there, or configure another repository "
                    + $"for the channel {Configuration.Name}.",
                null)
            : answer;
    }

    private async Task<ProviderAnswer<string>> SendMarkedAsync(
        AlertEvent told, string? reference, CancellationToken cancellation)
    {
        var mark = IssueText.GroupMark(told);
        var (issue, refusal) = reference is null
            ? (null, null)
            : await issues.FindAsync(reference, mark, cancellation);
        if (issue is null && refusal is null)
            (issue, refusal) = await issues.SearchAsync(Configuration.Label, mark, cancellation);
        if (refusal is not null)
            return refusal;
        if (issue is null)
        {
            return await issues.CreateAsync(
                IssueText.Title(told), IssueText.Body(told, told.Id()), Configuration.Label, cancellation);
        }

        // Made by a try of this event that nobody heard of.
        var first = IssueText.FirstOf(issue.Body);
        if (string.Equals(first, told.Id(), StringComparison.Ordinal))
            return issue.Number;
        refusal = await issues.UpdateAsync(issue.Number, IssueText.Body(told, first), cancellation)
            ?? await CommentOnceAsync(issue.Number, told, cancellation);
        return refusal is null ? issue.Number : refusal;
    }

    private async Task<ProviderRefusal?> CommentOnceAsync(
        string number, AlertEvent told, CancellationToken cancellation)
    {
        var (isThere, refusal) = await issues.HasCommentAsync(number, IssueText.EventMark(told.Id()), cancellation);
        return refusal is not null || isThere
            ? refusal
            : await issues.CommentAsync(number, IssueText.Comment(told), cancellation);
    }
}
