using System.Globalization;
using System.Text.Json.Nodes;
using TokenLedger.Testing.GitHub.Accounts;
using TokenLedger.Testing.GitHub.Actions;
using TokenLedger.Testing.GitHub.Serving;

namespace TokenLedger.Testing.GitHub.Apps;

/// <summary>Where the App is installed.</summary>
public sealed class FakeInstallation
{
    private readonly Estate estate;
    private readonly FakeRepository[] selected;
    private readonly DateTimeOffset createdAt;

    internal FakeInstallation(
        Estate estate, long id, FakeAccount account, FakeRepository[] selected, Dictionary<string, string> permissions)
    {
        this.estate = estate;
        this.selected = selected;
        createdAt = estate.Time.GetUtcNow();
        Id = id;
        Account = account;
        Permissions = new(permissions, StringComparer.Ordinal);
    }

    /// <summary>Its id.</summary>
    public long Id { get; }

    /// <summary>Whose it is.</summary>
    public FakeAccount Account { get; }

    /// <summary>What the organisation has accepted: <c>read</c> or <c>write</c> by name.</summary>
    public Dictionary<string, string> Permissions { get; }

    /// <summary>Since when it is suspended; null when it is not.</summary>
    public DateTimeOffset? SuspendedAt { get; private set; }

    /// <summary>Whether it is gone.</summary>
    public bool IsUninstalled { get; private set; }

    /// <summary>How the log of requests calls it.</summary>
    public string CallerName => string.Create(CultureInfo.InvariantCulture, $"installation {Id}");

    /// <summary>Suspends it.</summary>
    public void Suspend() => SuspendedAt = estate.Time.GetUtcNow();

    /// <summary>Ends the suspension.</summary>
    public void Unsuspend() => SuspendedAt = null;

    /// <summary>Takes the App away.</summary>
    public void Uninstall() => IsUninstalled = true;

    internal string Selection => selected.Length == 0 ? "all" : "selected";

    internal bool Has(FakeRepository repository) =>
        selected.Length == 0 ? repository.Owner == Account : selected.Contains(repository);

    internal JsonObject Json(FakeApp app, Uri root) => new()
    {
        ["id"] = Id,
        ["account"] = Account.Json(),
        ["repository_selection"] = Selection,
        ["access_tokens_url"] = string.Create(
            CultureInfo.InvariantCulture, $"{root.AbsoluteUri}app/installations/{Id}/access_tokens"),
        ["repositories_url"] = $"{root.AbsoluteUri}installation/repositories",
        ["app_id"] = app.Id,
        ["app_slug"] = app.Slug,
        ["target_id"] = Account.Id,
        ["target_type"] = "Organization",
        ["permissions"] = PermissionJson.Of(Permissions),
        ["events"] = new JsonArray([.. app.Events.Select(name => (JsonNode)name)]),
        ["created_at"] = ApiTime.Text(createdAt),
        ["updated_at"] = ApiTime.Text(createdAt),
        ["suspended_at"] = SuspendedAt is { } time ? ApiTime.Text(time) : null,
    };
}
