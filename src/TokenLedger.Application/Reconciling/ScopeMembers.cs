using TokenLedger.Application.Configuration;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Reconciling;

/// <summary>Which organisations, accounts and runs belong to a scope, and which account pays for a run.</summary>
internal sealed class ScopeMembers
{
    private readonly ReconciliationScope scope;
    private readonly HashSet<string> organizations = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<SourceConfiguration> sources;
    private readonly Dictionary<string, HashSet<string>> organizationsByEnterprise =
        new(StringComparer.OrdinalIgnoreCase);

    /// <param name="scope">What is asked for.</param>
    /// <param name="configuration">Whom accounts pay for.</param>
    /// <param name="observations">All looks of the period.</param>
    public ScopeMembers(
        ReconciliationScope scope, LedgerConfiguration configuration, IReadOnlyList<Observation> observations)
    {
        this.scope = scope;
        if (scope.Kind == ScopeKind.Organization)
            organizations.Add(scope.Name);
        else if (scope.Kind == ScopeKind.Enterprise)
            organizations.UnionWith(OrganizationsOf(scope.Name, configuration, observations));
        sources = [.. configuration.Sources.Where(Includes)];
        Accounts =
        [
            .. observations
                .Where(seen => Includes(seen.Account) || NamesScope(seen))
                .Select(seen => seen.Account)
                .Concat(sources.Select(source => source.Account))
                .Distinct()
                .Order(),
        ];
        if (scope.Kind == ScopeKind.Ledger)
        {
            foreach (var enterprise in Accounts.Where(account => account.Kind == BillingAccountKind.Enterprise))
            {
                organizationsByEnterprise[enterprise.Name] =
                    [.. OrganizationsOf(enterprise.Name, configuration, observations).Select(Lowered)];
            }
        }
    }

    /// <summary>
    /// Accounts of the scope that are configured or of which a bill is known, in order of their keys.
    /// </summary>
    public IReadOnlyList<BillingAccount> Accounts { get; }

    /// <summary>The accounts that bills of usage will stand on of which no bill has been seen on a day.</summary>
    /// <param name="seen">The accounts with a bill or a configured source.</param>
    /// <param name="usage">The runs of the day and the channels they used.</param>
    public IEnumerable<BillingAccount> Unseen(
        IReadOnlyCollection<BillingAccount> seen, IEnumerable<(RunFacts Run, Channel Channel)> usage)
    {
        if (scope.Kind == ScopeKind.Ledger)
        {
            return usage
                .Where(used => !seen.Any(
                    account => ChannelOf(account) == used.Channel && RankOf(account, used.Run) > 0))
                .Select(used => new BillingAccount(
                    SourceOf(used.Channel), BillingAccountKind.Organization, used.Run.Owner))
                .Distinct();
        }

        var kind =
            scope.Kind == ScopeKind.Enterprise ? BillingAccountKind.Enterprise : BillingAccountKind.Organization;
        return seen.Any(account => ChannelOf(account) == Channel.Copilot)
            ? []
            : [new BillingAccount(BillingAccount.GitHub, kind, scope.Name)];
    }

    /// <summary>The channel an account bills.</summary>
    public static Channel ChannelOf(BillingAccount account) =>
        string.Equals(account.Source, BillingAccount.GitHub, StringComparison.Ordinal)
            ? Channel.Copilot
            : Channel.FromProvider(account.Source);

    /// <summary>Whether an account is that of an organisation of the enterprise: one wallet with it.</summary>
    public bool IsWithin(BillingAccount account, BillingAccount enterprise) =>
        account.Kind == BillingAccountKind.Organization
        && string.Equals(account.Source, enterprise.Source, StringComparison.Ordinal)
        && HasOrganization(enterprise, account.Name);

    /// <summary>
    /// Whether a run belongs to the scope: by its owner, or because an account of the scope pays for it.
    /// </summary>
    public bool Includes(RunFacts run) => scope.Kind == ScopeKind.Ledger
        || organizations.Contains(run.Owner)
        || sources.Exists(source => RankOf(source, run) > 0);

    /// <summary>The configured sources of an account that pay for a run.</summary>
    public IEnumerable<SourceConfiguration> SourcesPaying(BillingAccount account, RunFacts run) =>
        sources.Where(source => source.Account == account && RankOf(source, run) > 0);

    /// <summary>All configured sources of an account.</summary>
    public IEnumerable<SourceConfiguration> SourcesOf(BillingAccount account) =>
        sources.Where(source => source.Account == account);

    /// <summary>
    /// How narrowly an account is said to pay for a run: 4 by payer, 3 by repository, 2 by configured organisation,
    /// 1 by its own name, 0 not at all. The highest pays, so that no usage stands on two bills.
    /// </summary>
    public int RankOf(BillingAccount account, RunFacts run)
    {
        var configured = SourcesOf(account).Select(source => RankOf(source, run)).DefaultIfEmpty(0).Max();
        if (configured > 0)
            return configured;
        return account.Kind switch
        {
            BillingAccountKind.User => run.Payer.Kind == PayerKind.User && IsSame(run.Payer.Login, account.Name) ? 4
                : IsSame(run.Owner, account.Name) ? 1 : 0,
            BillingAccountKind.Enterprise => HasOrganization(account, run.Owner) ? 1 : 0,
            _ => IsSame(run.Owner, account.Name) ? 1 : 0,
        };
    }

    /// <summary>
    /// The run with the payer that configuration names, where the run itself names none: the one payer of the sources
    /// that pay for its repository or organisation and bill a channel it used.
    /// </summary>
    public LedgerRun WithConfiguredPayer(LedgerRun run)
    {
        if (run.Facts.Payer.Kind != PayerKind.Unknown)
            return run;
        var payers = sources
            .Where(source => RankOf(source, run.Facts) > 0)
            .Where(source => !run.HasTelemetry || run.Slices.Any(slice => slice.Channel == ChannelOf(source.Account)))
            .SelectMany(source => source.PaysPayers)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(2)
            .ToList();
        // Two candidates are no knowledge.
        return payers.Count == 1 && Payer.Parse(payers[0]) is { } payer
            ? run with { Facts = run.Facts with { Payer = payer } }
            : run;
    }

    // Places and payers narrow each other where both are named; a payer that nobody knows speaks against nothing.
    private static int RankOf(SourceConfiguration source, RunFacts run)
    {
        var namesPlaces = source.PaysRepositories.Count + source.PaysOrganizations.Count > 0;
        var place = source.PaysRepositories.Contains(run.Repository, StringComparer.OrdinalIgnoreCase) ? 3
            : source.PaysOrganizations.Contains(run.Owner, StringComparer.OrdinalIgnoreCase) ? 2
            : 0;
        if (namesPlaces && place == 0)
            return 0;
        if (source.PaysPayers.Contains(run.Payer.ToString(), StringComparer.OrdinalIgnoreCase))
            return 4;
        return source.PaysPayers.Count == 0 || run.Payer.Kind == PayerKind.Unknown ? place : 0;
    }

    private static IEnumerable<string> OrganizationsOf(
        string enterprise, LedgerConfiguration configuration, IReadOnlyList<Observation> observations) =>
            configuration.Sources
        .Where(source => IsSame(source.Enterprise, enterprise))
        .SelectMany(
            source => source.Organization is { } own ? source.PaysOrganizations.Append(own) : source.PaysOrganizations)
        .Concat(observations
            .Where(seen => seen.Account.Kind == BillingAccountKind.Enterprise && IsSame(seen.Account.Name, enterprise))
            .SelectMany(seen => seen.Charges)
            .Where(charge => charge.Dimensions.Organization.State == DimensionState.Value)
            .Select(charge => charge.Dimensions.Organization.Text!));

    private static string SourceOf(Channel channel) =>
        channel == Channel.Copilot ? BillingAccount.GitHub : channel.ToString();

    private static string Lowered(string name) => name.ToLowerInvariant();

    private bool HasOrganization(BillingAccount enterprise, string name) => scope.Kind == ScopeKind.Ledger
        ? organizationsByEnterprise.TryGetValue(enterprise.Name, out var own) && own.Contains(Lowered(name))
        : organizations.Contains(name);

    private bool Includes(SourceConfiguration source) =>
        scope.Kind == ScopeKind.Ledger
        || (scope.Kind == ScopeKind.Enterprise && IsSame(source.Enterprise, scope.Name))
        || (source.Organization is { } organization && organizations.Contains(organization))
        || source.PaysOrganizations.Any(organizations.Contains)
        || source.PaysRepositories.Any(repository => organizations.Contains(repository.Split('/')[0]));

    private bool Includes(BillingAccount account) => scope.Kind == ScopeKind.Ledger
        || IncludesByName(account);

    private bool IncludesByName(BillingAccount account) => account.Kind == BillingAccountKind.Enterprise
        ? scope.Kind == ScopeKind.Enterprise && IsSame(account.Name, scope.Name)
        : organizations.Contains(account.Name);

    // An enterprise's bill that names the organisation is the outer wallet of that organisation.
    private bool NamesScope(Observation seen) =>
        scope.Kind == ScopeKind.Organization
        && seen.Account.Kind == BillingAccountKind.Enterprise
        && seen.Charges.Any(charge =>
            charge.Dimensions.Organization.State == DimensionState.Value
            && charge.Dimensions.Organization.Admits(scope.Name));

    private static bool IsSame(string? left, string? right) =>
        left is not null && string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
