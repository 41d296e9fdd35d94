using TokenLedger.Domain.Charges;

namespace TokenLedger.Ingestion.Billing;

/// <summary>
/// Decides whose bill a GitHub answer or report is. The outermost wallet wins; a contradiction is a problem.
/// </summary>
internal static class GitHubAccount
{
    /// <summary>The account, or why there is none.</summary>
    /// <param name="hints">What flags say.</param>
    /// <param name="enterprise">The enterprise that the file names.</param>
    /// <param name="organizations">The organisations that the file names.</param>
    /// <param name="user">The user that the file names.</param>
    public static (BillingAccount? Account, BillProblem? Problem) Resolve(
        BillHints hints, string? enterprise, IReadOnlyCollection<string> organizations, string? user)
    {
        if (Contradiction(hints, enterprise, organizations, user) is { } contradiction)
            return (null, new BillProblem(BillCodes.Contradiction, contradiction));
        if ((hints.Enterprise ?? enterprise) is { } slug)
            return (Of(BillingAccountKind.Enterprise, slug), null);
        if (organizations.Count > 1)
        {
            return (null, new BillProblem(BillCodes.SeveralOrganizations,
                $"The file bills {organizations.Count} organisations, so it is an enterprise's: "
                + "pass --enterprise SLUG."));
        }

        if ((organizations.FirstOrDefault() ?? hints.Organization) is { } organization)
            return (Of(BillingAccountKind.Organization, organization), null);
        if ((hints.User ?? user) is { } login)
            return (Of(BillingAccountKind.User, login), null);
        return (null, new BillProblem(BillCodes.NoAccount,
            "The file names neither an organisation nor an enterprise: pass --org ORG, --enterprise SLUG or "
            + "--user LOGIN."));
    }

    /// <summary>Whether two names name the same thing; GitHub compares names without case.</summary>
    public static bool Same(string? left, string? right) =>
        string.Equals(left?.Trim(), right?.Trim(), StringComparison.OrdinalIgnoreCase);

    private static string? Contradiction(
        BillHints hints, string? enterprise, IReadOnlyCollection<string> organizations, string? user)
    {
        if (hints.Enterprise is not null && enterprise is not null && !Same(hints.Enterprise, enterprise))
        {
            return $"The file bills the enterprise {Shown(enterprise)}, not {Shown(hints.Enterprise)}: "
                + "correct --enterprise.";
        }

        if (hints.Organization is { } flag && organizations.FirstOrDefault(name => !Same(name, flag)) is { } other)
            return $"The file bills the organisation {Shown(other)}, not {Shown(flag)}: correct --org.";
        if (hints.User is null)
            return null;
        if (organizations.Count > 0 || enterprise is not null)
            return "The file bills an organisation or enterprise, not a user alone: leave --user out.";
        return user is null || Same(user, hints.User)
            ? null
            : $"The file bills the user {Shown(user)}, not {Shown(hints.User)}: correct --user.";
    }

    private static BillingAccount Of(BillingAccountKind kind, string name) =>
        new(BillingAccount.GitHub, kind, name.Trim());

    private static string Shown(string name) => ShownText.Of(name);
}
