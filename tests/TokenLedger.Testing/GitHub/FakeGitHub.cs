using TokenLedger.Testing.GitHub.Accounts;
using TokenLedger.Testing.GitHub.Actions;
using TokenLedger.Testing.GitHub.Apps;
using TokenLedger.Testing.GitHub.Billing;
using TokenLedger.Testing.GitHub.Deliveries;
using TokenLedger.Testing.GitHub.Issues;
using TokenLedger.Testing.GitHub.Limits;
using TokenLedger.Testing.GitHub.Serving;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Testing.GitHub;

/// <summary>
/// GitHub on free ports of this machine: an App, repositories with runs and artifacts, deliveries, bills and limits,
/// all of them as a test sets them. Two of them share nothing.
/// </summary>
public sealed class FakeGitHub : IAsyncDisposable
{
    private readonly Estate estate;
    private readonly ApiServer api;
    private bool isDisposed;

    private FakeGitHub(TimeProvider time)
    {
        estate = new Estate(time);
        App = new FakeApp(estate);
        Downloads = new FakeDownloads(time);
        Deliveries = new FakeDeliveries(App, estate, () => Url);
        api = new ApiServer(
            time, new Authenticator(App, estate), Limits,
            [
                new RateLimitRoom(Limits),
                new BillingRoom(
                    Bills,
                    [
                        new ModelUsagePart(Bills), new UsagePart(Bills), new CostCenterPart(Bills),
                        new ReportPart(Reports, Downloads), new BudgetPart(Bills),
                    ]),
                new AccountRoom(estate, () => Url),
                new DeliveriesRoom(Deliveries, () => Url), new AppRoom(App, estate, () => Url),
                new IssueRoom(estate),
                new RepositoryRoom(estate, Downloads, () => Url),
            ]);
        AddToken(Token, "octo-admin", "repo", "read:org", "manage_billing:copilot", "manage_billing:enterprise");
    }

    /// <summary>Its address.</summary>
    public Uri Url => api.Url;

    /// <summary>A classic token that may read everything.</summary>
    public string Token { get; } = "ghp_onlyTheFakeOneKnowsThis0123456789";

    /// <summary>Its App.</summary>
    public FakeApp App { get; }

    /// <summary>What the App is sent.</summary>
    public FakeDeliveries Deliveries { get; }

    /// <summary>Where artifacts come from.</summary>
    public FakeDownloads Downloads { get; }

    /// <summary>What it bills.</summary>
    public FakeBills Bills { get; } = new();

    /// <summary>The reports of its bills that it makes.</summary>
    public FakeReports Reports { get; } = new();

    /// <summary>How often it may be asked.</summary>
    public FakeLimits Limits { get; } = new();

    /// <summary>What it was asked, in order.</summary>
    public IReadOnlyList<FakeGitHubRequest> Requests => api.Requests;

    /// <summary>How often each endpoint was asked: <c>GET /repos/*/*/actions/runs/*</c>.</summary>
    public IReadOnlyDictionary<string, int> RequestsByEndpoint => api.Requests
        .CountBy(request => request.Endpoint)
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>Starts it.</summary>
    /// <param name="cancellation">Ends the start.</param>
    /// <param name="time">By which tokens, addresses and limits end; null for the machine's.</param>
    public static async Task<FakeGitHub> StartAsync(CancellationToken cancellation, TimeProvider? time = null)
    {
        cancellation.ThrowIfCancellationRequested();
        var started = new FakeGitHub(time ?? TimeProvider.System);
        await started.api.StartAsync();
        await started.Downloads.StartAsync();
        return started;
    }

    /// <summary>Makes an account known whose bill is empty until a day is set.</summary>
    /// <param name="account"><c>organizations/acme</c> or <c>enterprises/acme-inc</c>.</param>
    public void Add(string account) => Bills.Add(account);

    /// <summary>Sets the bill of a day: credits by model, 0.01 USD each, all of them discounted.</summary>
    public void SetBill(string account, DateOnly day, params (string Model, decimal Credits)[] rows)
    {
        Bills.Clear(account, day);
        Bills.Add(account, [.. rows.Select(row => FakeCharge.AiCredits(day, row.Model, row.Credits))]);
    }

    /// <summary>Adds an organisation without a repository.</summary>
    public FakeAccount AddOrganization(string name) => estate.AccountOf(name);

    /// <summary>Adds a private repository, and its owner if need be.</summary>
    /// <param name="fullName"><c>acme/webshop</c>.</param>
    public FakeRepository AddRepository(string fullName) => estate.Add(fullName);

    /// <summary>Makes a classic token of a person known.</summary>
    public void AddToken(string token, string login, params string[] scopes) =>
        estate.Tokens[token] = new FakePerson(login, scopes);

    /// <summary>Sets what every credential may ask in a window.</summary>
    public void LimitTo(int requests, TimeSpan window) => Limits.LimitTo(requests, window);

    /// <summary>Makes requests go wrong, the first fault that fits; nothing for none.</summary>
    public void Misbehave(params ProviderFault[] next) => api.Faults.Order(next);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (isDisposed)
            return;
        isDisposed = true;
        await Deliveries.DisposeAsync();
        await api.DisposeAsync();
        await Downloads.DisposeAsync();
        App.Dispose();
    }
}
