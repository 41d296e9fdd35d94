using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Diagnosis;

/// <summary>
/// Tells from an answer, the token's kind and the account why GitHub does not show a bill, and what to do. What
/// GitHub's own documents say of credentials contradicts itself (2026-10), so every text leaves room for the other.
/// </summary>
internal static class BillingCause
{
    private const string OrganizationScope = "manage_billing:copilot";
    private const string EnterpriseScope = "manage_billing:enterprise";
    private const string UserScope = "user";

    private const string WrongKind = "TL1041";
    private const string NoSingleSignOn = "TL1042";
    private const string MissingScope = "TL1043";
    private const string MissingPermission = "TL1044";
    private const string OwnerManagesNothing = "TL1045";
    private const string EnterpriseHoldsBilling = "TL1046";
    private const string OrganizationNotShown = "TL1047";
    private const string EnterpriseNotShown = "TL1048";
    private const string UserNotShown = "TL1051";

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

    /// <summary>The result of 404 for one view of a bill of which another one is shown.</summary>
    public static CheckResult OfOneView(
        string name, string subject, SourceConfiguration source, ProbeAnswer answer) => CheckResult.Problem(
            name, subject, NotShown(source),
            $"GitHub shows other views of this bill, and not this one. {ProbeTrouble.SeenOf(answer)}",
            $"Perhaps it is not shown to this kind of token: try a classic one with the scope {ScopeOf(source)}.");

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

        if (IsOfUser(source))
            return ForbiddenToUser(source, answer, kind);
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

        return WithoutScope(answer, scope) ?? (
            OwnerManagesNothing, $"The token's owner may not see the billing of {source.Account.Name}.",
            "Have a token made by an owner or billing manager, or have its owner made a billing manager.");
    }

    private static (string Code, string Cause, string Fix) ForbiddenToUser(
        SourceConfiguration source, ProbeAnswer answer, CredentialKind kind)
    {
        var login = source.Account.Name;
        var scope = ScopeOf(source);
        if (kind == CredentialKind.FineGrained
            || (kind == CredentialKind.AppUser && answer.AcceptedPermissions is not null))
        {
            return (
                MissingPermission, $"It is {CredentialKinds.Text(kind)} without Plan: read, or not {login}'s own.",
                $"Give it the account permission Plan: read. If GitHub still refuses: a classic token of {login} with "
                + $"the scope {scope}.");
        }

        if (CredentialKinds.IsDoubtfulForBilling(kind))
        {
            return (
                WrongKind, $"It is {CredentialKinds.Text(kind)}, which GitHub does not accept here.",
                $"Use a token of {login}: a fine-grained one with Plan: read, or a classic one with the scope "
                + $"{scope}.");
        }

        return WithoutScope(answer, scope) ?? (
            OwnerManagesNothing, $"The token is not {login}'s own, or {login} bought no plan alone.",
            $"Use a token that {login} made. Who is given Copilot by an organisation has no bill: configure the "
            + "organisation instead.");
    }

    // No scopes said: a kind of token that has none.
    private static (string Code, string Cause, string Fix)? WithoutScope(ProbeAnswer answer, string scope) =>
        answer.Scopes is { } scopes && !Has(scopes, scope)
            ? (
                MissingScope, $"The token lacks the scope {scope}.",
                $"Its owner adds the scope {scope}: Settings › Developer settings › Personal access tokens.")
            : null;

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

        if (IsOfUser(source))
        {
            var login = source.Account.Name;
            return (
                UserNotShown, $"The token is not {login}'s own, {login} bought no plan alone, or the login is wrong.",
                $"Check the login, and use a token that {login} made: a classic one with the scope user, or a "
                + "fine-grained one with Plan: read. Who is given Copilot by an organisation has no bill: configure "
                + "the organisation.");
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

    private static bool IsOfUser(SourceConfiguration source) => source.Account.Kind == BillingAccountKind.User;

    private static string NotShown(SourceConfiguration source) => source.Account.Kind switch
    {
        BillingAccountKind.Enterprise => EnterpriseNotShown,
        BillingAccountKind.User => UserNotShown,
        _ => OrganizationNotShown,
    };

    private static string ScopeOf(SourceConfiguration source) => source.Account.Kind switch
    {
        BillingAccountKind.Enterprise => EnterpriseScope,
        BillingAccountKind.User => UserScope,
        _ => OrganizationScope,
    };

    // A scope of administration holds those below it.
    private static bool Has(string scopes, string scope)
    {
        var had = scopes.Split(',', StringSplitOptions.TrimEntries);
        return had.Contains(scope, StringComparer.Ordinal)
            || (scope switch
            {
                EnterpriseScope => had.Contains("admin:enterprise", StringComparer.Ordinal),
                OrganizationScope => had.Contains("admin:org", StringComparer.Ordinal),
                _ => false,
            });
    }
}
