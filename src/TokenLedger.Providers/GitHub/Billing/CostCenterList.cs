using System.Collections.Concurrent;
using System.Text.Json;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;

namespace TokenLedger.Providers.GitHub.Billing;

/// <summary>The active cost centres of enterprises, asked for at most once for each poll.</summary>
/// <remarks><c>GET /enterprises/{slug}/settings/billing/cost-centers?state=active</c> (GitHub REST, 2026-08).</remarks>
internal sealed class CostCenterList(GitHubConnection github)
{
    /// <summary>Cost centres of an enterprise; each of them is a question for each day.</summary>
    public const int CentersMax = 200;

    // Shorter than from one hourly poll to the next.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(50);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, IReadOnlyList<CostCenter> Centers)> known =
        new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How many there are, as far as is known.</summary>
    public int CountOf(SourceConfiguration source) =>
        known.TryGetValue(KeyOf(source), out var entry) ? entry.Centers.Count : 0;

    /// <summary>The cost centres, and how many requests it took.</summary>
    public async Task<(IReadOnlyList<CostCenter> Centers, ProviderRefusal? Refusal, int Questions)> ReadAsync(
        SourceConfiguration source, GitHubCredential credential, CancellationToken cancellation)
    {
        var now = github.Time.GetUtcNow();
        if (known.TryGetValue(KeyOf(source), out var entry) && now - entry.At < Kept && now >= entry.At)
            return (entry.Centers, null, 0);
        var question = new GitHubQuestion(
            GitHubAddress.WithQuery(
                source.ApiUrl ?? GitHubConfiguration.PublicApiUrl, "state=active", "enterprises",
                source.Account.Name.Trim(), "settings", "billing", "cost-centers"),
            credential,
            GitHubSubject.Bill(source.Account, ", its cost centres"));
        var (body, refusal, _) = await github.Api.AskAsync(question, cancellation);
        if (refusal is not null)
            return ([], refusal, 1);
        using var read = GitHubJson.Parse(body);
        if (read?.RootElement.FieldOf("costCenters"u8) is not { ValueKind: JsonValueKind.Array } list)
            return ([], GitHubRefusals.Malformed(question, "has no cost centres"), 1);
        var centers = new List<CostCenter>();
        foreach (var item in list.EnumerateArray())
        {
            // Whoever asked for the active ones may be told of others all the same.
            if (string.Equals(item.TextOf("state"u8), "deleted", StringComparison.OrdinalIgnoreCase))
                continue;
            if (item.TextOf("id"u8) is not { Length: > 0 } id || item.TextOf("name"u8) is not { Length: > 0 } name)
                return ([], GitHubRefusals.Malformed(question, "has a cost centre without id or name"), 1);
            centers.Add(new CostCenter(id, name));
        }

        if (centers.Count > CentersMax)
        {
            return ([], new ProviderRefusal(
                ProviderRefusal.Rejected,
                FormattableString.Invariant(
                    $"The enterprise {source.Account.Name} has over {CentersMax} cost centres, which are too many to ")
                    + "ask for one by one: leave the view usage out of the source's Views, or import the detailed "
                    + "report.",
                null), 1);
        }

        known[KeyOf(source)] = (now, centers);
        return (centers, null, 1);
    }

    private static string KeyOf(SourceConfiguration source) =>
        $"{source.ApiUrl ?? GitHubConfiguration.PublicApiUrl} {source.Account.Name.Trim()}";
}
