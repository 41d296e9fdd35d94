using System.Globalization;
using System.Text;
using System.Text.Json;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;

namespace TokenLedger.Providers.GitHub.Issues;

/// <summary>
/// Questions about the issues of one repository (paths and fields as documented, 2026-10). What makes something new is
/// asked once: nobody knows whether a broken request arrived.
/// </summary>
internal sealed class IssueQuestions(
    GitHubConnection github, GitHubConfiguration configuration, RepositoryAccess repository)
{
    // A thousand issues of one label, the newest first, or comments of one issue, the oldest first.
    private const int PagesMax = 10;

    private readonly GitHubCredentials credentials =
        new(github, configuration, GitHubCredentials.NeededForIssues);

    /// <summary>The issue of a number; null when it is none of this group.</summary>
    public async Task<(FoundIssue? Issue, ProviderRefusal? Refusal)> FindAsync(
        string number, string mark, CancellationToken cancellation)
    {
        var (answer, refusal) = await AskAsync(
            HttpMethod.Get, "an issue", "", ["issues", number], null, cancellation);
        using (answer)
        {
            return refusal is null ? (IssueOf(answer!.RootElement, mark), null)
                // Deleted, or moved to another repository: as if it had never been.
                : refusal.Code is ProviderRefusal.NotFound or ProviderRefusal.Gone ? (null, null)
                : (null, refusal);
        }
    }

    /// <summary>The issue with a label and a mark, open or closed; null when there is none.</summary>
    public async Task<(FoundIssue? Issue, ProviderRefusal? Refusal)> SearchAsync(
        string label, string mark, CancellationToken cancellation)
    {
        FoundIssue? found = null;
        var refusal = await WalkAsync(
            "the issues", $"labels={Uri.EscapeDataString(label)}&state=all&sort=created&direction=desc", ["issues"],
            item =>
            {
                // The oldest counts when there should be two.
                found = IssueOf(item, mark) ?? found;
                return false;
            },
            cancellation);
        return (found, refusal);
    }

    /// <summary>Whether a comment begins with a mark.</summary>
    public async Task<(bool IsThere, ProviderRefusal? Refusal)> HasCommentAsync(
        string number, string mark, CancellationToken cancellation)
    {
        var isThere = false;
        var refusal = await WalkAsync(
            "the comments of an issue", "", ["issues", number, "comments"],
            item => isThere = isThere || Begins(item.TextOf("body"u8), mark), cancellation);
        return (isThere, refusal);
    }

    /// <summary>Makes an issue, and tells its number.</summary>
    public async Task<ProviderAnswer<string>> CreateAsync(
        string title, string body, string label, CancellationToken cancellation)
    {
        var (answer, refusal) = await AskAsync(
            HttpMethod.Post, "a new issue", "", ["issues"],
            JsonOf(writer =>
            {
                writer.WriteString("title"u8, title);
                writer.WriteString("body"u8, body);
                writer.WriteStartArray("labels"u8);
                writer.WriteStringValue(label);
                writer.WriteEndArray();
            }),
            cancellation);
        using (answer)
        {
            if (refusal is not null)
                return refusal;
            return answer!.RootElement.WholeOf("number"u8) is { } number
                ? number.ToString(CultureInfo.InvariantCulture)
                : new ProviderRefusal(
                    ProviderRefusal.Malformed, $"GitHub names no number for a new issue of {repository.FullName}.",
                    null);
        }
    }

    /// <summary>Puts a text in place of an issue's, and opens it.</summary>
    public async Task<ProviderRefusal?> UpdateAsync(string number, string body, CancellationToken cancellation)
    {
        var (answer, refusal) = await AskAsync(
            HttpMethod.Patch, "an issue", "", ["issues", number],
            JsonOf(writer =>
            {
                writer.WriteString("body"u8, body);
                writer.WriteString("state"u8, "open"u8);
            }),
            cancellation);
        answer?.Dispose();
        return refusal;
    }

    /// <summary>Adds a comment.</summary>
    public async Task<ProviderRefusal?> CommentAsync(string number, string body, CancellationToken cancellation)
    {
        var (answer, refusal) = await AskAsync(
            HttpMethod.Post, "a comment on an issue", "", ["issues", number, "comments"],
            JsonOf(writer => writer.WriteString("body"u8, body)), cancellation);
        answer?.Dispose();
        return refusal;
    }

    // Pull requests are issues too.
    private static FoundIssue? IssueOf(JsonElement item, string mark) =>
        item.FieldOf("pull_request"u8) is null
        && item.WholeOf("number"u8) is { } number
        && item.TextOf("body"u8) is { } body
        && Begins(body, mark)
            ? new FoundIssue(number.ToString(CultureInfo.InvariantCulture), body)
            : null;

    private static bool Begins(string? body, string mark) =>
        body?.StartsWith(mark, StringComparison.Ordinal) == true;

    private async Task<ProviderRefusal?> WalkAsync(
        string what, string query, string[] path, Predicate<JsonElement> isEnough, CancellationToken cancellation)
    {
        for (var page = 1; page <= PagesMax; page++)
        {
            var (answer, refusal) = await AskAsync(
                HttpMethod.Get, what,
                string.Create(
                    CultureInfo.InvariantCulture, $"{query}&per_page={GitHubRunSource.PageItems}&page={page}")
                    .TrimStart('&'),
                path, null, cancellation);
            using (answer)
            {
                if (refusal is not null)
                    return refusal;
                if (answer!.RootElement is not { ValueKind: JsonValueKind.Array } items)
                    return Malformed(what);
                foreach (var item in items.EnumerateArray())
                {
                    if (isEnough(item))
                        return null;
                }

                if (items.GetArrayLength() < GitHubRunSource.PageItems)
                    return null;
            }
        }

        return null;
    }

    private async Task<(JsonDocument? Answer, ProviderRefusal? Refusal)> AskAsync(
        HttpMethod method, string what, string query, string[] path, string? json, CancellationToken cancellation)
    {
        // An installation's token can end before its time; whoever has one asks for the next once.
        for (var isFirst = true; ; isFirst = false)
        {
            var (credential, refused) = await credentials.OfRepositoryAsync(repository, cancellation);
            if (credential is null)
                return (null, refused);
            var (body, refusal, _) = await github.Api.AskAsync(
                new GitHubQuestion(
                    GitHubAddress.WithQuery(
                        configuration.ApiUrl, query, ["repos", repository.Owner, repository.Name, .. path]),
                    credential, GitHubSubject.Issues(what, repository.FullName))
                {
                    Method = method,
                    Body = json,
                    IsRepeatable = method != HttpMethod.Post,
                    MovesWithin = configuration.ApiUrl,
                },
                cancellation);
            if (refusal is { Code: ProviderRefusal.Unauthorized } && credentials.Forget(credential) && isFirst)
                continue;
            if (refusal is not null)
                return (null, refusal);
            return GitHubJson.Parse(body) is { } answer ? (answer, null) : (null, Malformed(what));
        }
    }

    private ProviderRefusal Malformed(string what) => new(
        ProviderRefusal.Malformed,
        $"The answer for {what} of {repository.FullName} is of another form than GitHub documents: check ApiUrl.",
        null);

    private static string JsonOf(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }
}
