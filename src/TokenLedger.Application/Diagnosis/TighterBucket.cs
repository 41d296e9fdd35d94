using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;

namespace TokenLedger.Application.Diagnosis;

/// <summary>
/// Names the cheapest step by which an account's bill tells agents from people: first another view of the same bill,
/// then a name of the agents' own, never a change that the bill could not show.
/// </summary>
internal static class TighterBucket
{
    /// <summary>The step.</summary>
    /// <param name="account">Whose bill.</param>
    /// <param name="setting">The configuration key of a bucket of it.</param>
    /// <param name="wide">The buckets that people share; at least one.</param>
    public static string Of(BillingAccount account, string setting, IReadOnlyList<BucketOutcome> wide) =>
        account.Source switch
        {
            BillingAccount.GitHub => OfGitHub(account, setting, wide),
            "anthropic" => wide.Any(bucket => bucket.Dimensions.Workspace.IsNamed)
                ? $"Give agents a workspace of their own, and say so: {setting}:Match:Workspace, :Exclusive=true."
                : "Import the bill by workspace and API key. Then give agents a workspace of their own: "
                    + $"{setting}:Match:Workspace, :Exclusive=true.",
            "openai" => wide.Any(bucket => bucket.Dimensions.Project.IsNamed)
                ? $"Give agents a project of their own, and say so: {setting}:Match:Project, :Exclusive=true."
                : "Import the bill by project. Then give agents a project of their own: "
                    + $"{setting}:Match:Project, :Exclusive=true.",
            _ => $"Give agents an API key of their own, import the bill by key, and say so: {setting}:Match:ApiKey, "
                + ":Exclusive=true.",
        };

    private static string OfGitHub(BillingAccount account, string setting, IReadOnlyList<BucketOutcome> wide)
    {
        // The polled view names models alone; the report of the same days is free.
        if (!wide.Any(bucket => bucket.Dimensions.User.IsNamed))
        {
            return "Import the AI usage report (CSV) of the same days: it names users, and repositories where GitHub "
                + "fills them in. 'tokenledger import-billing FILE'.";
        }

        var ofPeople = Billed(wide, DimensionState.Value);
        var ofNobody = Billed(wide, DimensionState.Nobody);
        if (ofPeople >= ofNobody)
        {
            return "Let workflows pay from the organisation (permission copilot-requests: write with GITHUB_TOKEN), or "
                + $"from a service account that nobody chats with: {setting}:Match:User=LOGIN, :Exclusive=true.";
        }

        return account.Kind == BillingAccountKind.Enterprise
            ? "Put the agents' organisation or repositories into a cost centre of their own, and say so: "
                + $"{setting}:Match:CostCenter=NAME, :Exclusive=true."
            : $"If nothing but agent workflows uses Copilot here, say so: {setting}:Exclusive=true. Else keep the "
                + "agents' repositories in an organisation of their own.";
    }

    private static long Billed(IReadOnlyList<BucketOutcome> wide, DimensionState user) => wide
        .Where(bucket => bucket.Dimensions.User.State == user)
        .Aggregate(0L, (sum, bucket) => checked(sum + bucket.BilledNanoCredits));
}
