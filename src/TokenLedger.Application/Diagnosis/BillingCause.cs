using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Diagnosis;

/// <summary>
/// Tells from an answer, the token's kind and the account why GitHub does not show a bill, and what to do. What
/// GitHub's own documents say of credentials contradicts itself (2026-10), so every text leaves room for the other.
/// </summary>
internal static class BillingCause
{
    private const string WrongKind = "TL1041";
    private const string NoSingleSignOn = "TL1042";
    private const string MissingScope = "TL1043";
    private const string MissingPermission = "TL1044";
    private const string OwnerManagesNothing = "TL1045";
    private const string EnterpriseHoldsBilling = "TL1046";
    private const string OrganizationNotShown = "TL1047";
    private const string EnterpriseNotShown = "TL1048";

    /// <summary>The result of 401, 403 or 404.</summary>
    public static CheckResult Of(
        string name, string subject, SourceConfiguration source, ProbeAnswer answer, CredentialKind kind,
        string? enterprise)
    {
        var (code, cause, fix) = answer.Outcome switch
        {
            ProbeOutcome.Unauthorized => (
                ProbeTrouble.TokenNotAccepted, "The token is mistyped, expired or revoked.",
                $"Make a new one with the scope {ScopeOf(source)}, and set it as the source's Token."),
            ProbeOutcome.Forbidden => Forbidden(source, answer, kind),
            _ => NotFound(source, kind, enterprise),
        };
        return CheckResult.Problem(name, subject, code, $"{cause} {ProbeTrouble.SeenOf(answer)}", fix);
    }

    private static (string Code, string Cause, string Fix) Forbidden(
        SourceConfiguration source, ProbeAnswer answer, CredentialKind kind)
    {
        var scope = ScopeOf(source);
        if (answer.WantsSingleSignOn)
        {
            return (
                NoSingleSignOn, "The token is not authorised for SAML single sign-on.",
                "Its owner authorises it: Settings › Developer settings › Personal access tokens › Configure SSO, for "
                + $"{source.Account.Name}.");
        }

        if (CredentialKinds.IsDoubtfulForBilling(kind))
        {
            return source.Enterprise is null && answer.AcceptedPermissions is not null
                ? (
                    MissingPermission, $"It is {CredentialKinds.Text(kind)} without Administration: read.",
                    "Give it the organisation permission Administration: read and have the owner accept that. If "
                    + $"GitHub still refuses: a classic token of an owner or billing manager with {scope}.")
                : (
                    WrongKind, $"It is {CredentialKinds.Text(kind)}, which GitHub does not accept here.",
                    $"Use a classic token of an owner or billing manager with the scope {scope}.");
        }

        // No scopes said: a kind of token that has none.
        if (answer.Scopes is { } scopes && !Has(scopes, scope))
        {
            return (
                MissingScope, $"The token lacks the scope {scope}.",
                $"Its owner adds the scope {scope}: Settings › Developer settings › Personal access tokens.");
        }

        return (
            OwnerManagesNothing, $"The token's owner may not see the billing of {source.Account.Name}.",
            "Have a token made by an owner or billing manager, or have its owner made a billing manager.");
    }

    private static (string Code, string Cause, string Fix) NotFound(
        SourceConfiguration source, CredentialKind kind, string? enterprise)
    {
        if (source.Enterprise is not null)
        {
            return (
                EnterpriseNotShown,
                CredentialKinds.IsDoubtfulForBilling(kind)
                    ? $"It is {CredentialKinds.Text(kind)}, which enterprises are not shown to."
                    : "The enterprise is not shown to this token.",
                "Check the slug (github.com/enterprises/SLUG), and use a classic token of an enterprise owner or "
                + "billing manager with manage_billing:enterprise.");
        }

        return enterprise is not null
            ? (
                EnterpriseHoldsBilling, $"The enterprise {enterprise} holds the billing of {source.Account.Name}.",
                $"Set Enterprise={enterprise} on the source, with a classic token of an owner or billing manager of it "
                + "with manage_billing:enterprise, authorised for single sign-on where that is in use.")
            : (
                OrganizationNotShown,
                "Perhaps an enterprise holds the billing, or the name is wrong, or the token may not know of it.",
                "If the organisation belongs to an enterprise, set its slug as Enterprise, with a token that may read "
                + "it. Else check the name, and use a classic token of an owner with manage_billing:copilot.");
    }

    private static string ScopeOf(SourceConfiguration source) =>
        source.Enterprise is null ? "manage_billing:copilot" : "manage_billing:enterprise";

    // A scope of administration holds those below it.
    private static bool Has(string scopes, string scope)
    {
        var had = scopes.Split(',', StringSplitOptions.TrimEntries);
        return had.Contains(scope, StringComparer.Ordinal)
            || had.Contains(
                string.Equals(scope, "manage_billing:enterprise", StringComparison.Ordinal)
                    ? "admin:enterprise"
                    : "admin:org",
                StringComparer.Ordinal);
    }
}
