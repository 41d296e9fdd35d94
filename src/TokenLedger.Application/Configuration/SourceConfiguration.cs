using TokenLedger.Domain.Charges;
using TokenLedger.Domain.CreditPools;
using TokenLedger.Domain.IncludedCredits;
using TokenLedger.Domain.Reconciliation;

namespace TokenLedger.Application.Configuration;

/// <summary>One configured bill.</summary>
public sealed record SourceConfiguration
{
    /// <summary>A name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The bill's source: <c>github</c>, <c>anthropic</c>, <c>openai</c> or another provider's name.</summary>
    public required string Kind { get; init; }

    /// <summary>The organisation billed.</summary>
    public string? Organization { get; init; }

    /// <summary>The enterprise billed; the outermost wallet wins.</summary>
    public string? Enterprise { get; init; }

    /// <summary>The user who pays alone.</summary>
    public string? User { get; init; }

    /// <summary>
    /// The cost centre. It is no wallet of its own: of the enterprise's bill, its part alone is asked for.
    /// </summary>
    public string? CostCenter { get; init; }

    /// <summary>Logins whose part of the AI credits is asked for one by one; empty for nobody's.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>The views to ask for; empty for all that the provider has.</summary>
    public IReadOnlyList<BillView> Views { get; init; } = [];

    /// <summary>The address of the provider's API; null for its public one. TLS, or this machine.</summary>
    public Uri? ApiUrl { get; init; }

    /// <summary>The token that the provider is asked with; null when its bills come as files.</summary>
    public Secret? Token { get; init; }

    /// <summary>GitHub organisations whose runs this account pays for.</summary>
    public IReadOnlyList<string> PaysOrganizations { get; init; } = [];

    /// <summary>Repositories as <c>owner/name</c> whose runs this account pays for.</summary>
    public IReadOnlyList<string> PaysRepositories { get; init; } = [];

    /// <summary>
    /// Payers (<c>organization</c>, <c>user:LOGIN</c>, <c>key</c>) whose runs this account pays for; narrows the
    /// organisations and repositories, and is the payer of their runs that name none.
    /// </summary>
    public IReadOnlyList<string> PaysPayers { get; init; } = [];

    /// <summary>
    /// What the usage paid for is billed under: workspace, project, key, user, cost centre, repository.
    /// </summary>
    public IReadOnlyList<ExclusiveScope> Buckets { get; init; } = [];

    /// <summary>Of these, the ones that hold nothing but known runs' usage.</summary>
    public IReadOnlyList<ExclusiveScope> ExclusiveBuckets { get; init; } = [];

    /// <summary>The AI credits that are included each month; empty when not configured.</summary>
    public IReadOnlyList<IncludedGrant> Included { get; init; } = [];

    /// <summary>Money that was granted beforehand for what the account uses; empty when not configured.</summary>
    public IReadOnlyList<CreditPool> CreditPools { get; init; } = [];

    /// <summary>
    /// The account, named by the enterprise, else the organisation, else the user, else the source's own name.
    /// </summary>
    public BillingAccount Account => (Enterprise, Organization, User) switch
    {
        ({ } enterprise, _, _) => new BillingAccount(Kind, BillingAccountKind.Enterprise, enterprise),
        (null, null, { } user) => new BillingAccount(Kind, BillingAccountKind.User, user),
        _ => new BillingAccount(Kind, BillingAccountKind.Organization, Organization ?? Name),
    };

    /// <summary>
    /// Whether the bill is asked for. Bills of providers other than these come as files, with or without a token.
    /// </summary>
    public bool IsPolled =>
        Token is not null && Kind is BillingAccount.GitHub or BillingAccount.Anthropic or BillingAccount.OpenAI;

    /// <summary>Whether a view is to be asked for.</summary>
    public bool Asks(BillView view) => Views.Count == 0 || Views.Contains(view);
}
