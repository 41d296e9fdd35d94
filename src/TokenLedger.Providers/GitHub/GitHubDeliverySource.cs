using System.Globalization;
using System.Text.Json;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;

namespace TokenLedger.Providers.GitHub;

/// <summary>The App's deliveries from GitHub's REST API (paths and fields as documented, 2026-10).</summary>
public sealed class GitHubDeliverySource : IDeliverySource
{
    private const string Delivered = "OK";

    // GitHub sends 36 characters.
    private const int GuidLengthMax = 200;

    private readonly GitHubConnection github;
    private readonly GitHubConfiguration configuration;
    private readonly GitHubCredentials credentials;

    /// <param name="github">The way to GitHub.</param>
    /// <param name="configuration">Where it is, and the App that it is asked by.</param>
    public GitHubDeliverySource(GitHubConnection github, GitHubConfiguration configuration)
    {
        this.github = github;
        this.configuration = configuration;
        credentials = new GitHubCredentials(github, configuration);
    }

    /// <inheritdoc/>
    public bool IsConfigured => credentials.HasApp;

    /// <inheritdoc/>
    public async Task<ProviderAnswer<DeliveryPage>> ListAsync(string? after, CancellationToken cancellation)
    {
        var (app, refused) = credentials.OfApp();
        if (app is null)
            return refused!;
        var query = string.Create(CultureInfo.InvariantCulture, $"per_page={GitHubRunSource.PageItems}")
            + (after is null ? "" : "&cursor=" + Uri.EscapeDataString(after));
        var question = new GitHubQuestion(
            GitHubAddress.WithQuery(configuration.ApiUrl, query, "app", "hook", "deliveries"), app,
            GitHubSubject.App("the App's deliveries"));
        var answer = await github.Api.AskAsync(question, cancellation);
        if (answer.Refusal is { } refusal)
            return refusal;
        using var document = GitHubJson.Parse(answer.Body);
        return document?.RootElement is { ValueKind: JsonValueKind.Array } items
            ? new DeliveryPage([.. items.EnumerateArray().Select(Read).OfType<DeliveryAttempt>()], answer.NextCursor)
            : GitHubRefusals.Malformed(question, "is of another form than GitHub documents");
    }

    /// <inheritdoc/>
    public async Task<ProviderRefusal?> RedeliverAsync(long attemptId, CancellationToken cancellation)
    {
        var (app, refused) = credentials.OfApp();
        if (app is null)
            return refused;
        var id = attemptId.ToString(CultureInfo.InvariantCulture);
        var question = new GitHubQuestion(
            GitHubAddress.Of(configuration.ApiUrl, "app", "hook", "deliveries", id, "attempts"), app,
            GitHubSubject.App($"delivery {id} to be sent again")) { Method = HttpMethod.Post };
        return (await github.Api.AskAsync(question, cancellation)).Refusal;
    }

    // What misses a field it needs is left out: its run is found by listing.
    private static DeliveryAttempt? Read(JsonElement item) =>
        item.WholeOf("id"u8) is { } id
        && item.TextOf("guid"u8) is { Length: > 0 and <= GuidLengthMax } guid
        && DateTimeOffset.TryParse(
            item.TextOf("delivered_at"u8), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out var deliveredAt)
        && item.TextOf("event"u8) is { } name
            ? new DeliveryAttempt(
                id, guid, deliveredAt, item.FieldOf("redelivery"u8) is { ValueKind: JsonValueKind.True },
                string.Equals(item.TextOf("status"u8), Delivered, StringComparison.OrdinalIgnoreCase), name,
                item.TextOf("action"u8))
            : null;
}
