using TokenLedger.Domain.Charges;

namespace TokenLedger.Providers.GitHub;

/// <summary>What a question is about, in the words of its refusals.</summary>
/// <param name="Text">After "for": <c>the bill of the organisation acme</c>.</param>
/// <param name="WhenForbidden">What to do about 403.</param>
/// <param name="WhenNotFound">What to do about 404.</param>
/// <param name="WhenMoved">What a redirect may mean.</param>
internal sealed record GitHubSubject(string Text, string WhenForbidden, string WhenNotFound, string WhenMoved)
{
    public const string PermissionsOfRuns =
        "The GitHub App needs the repository permissions Actions: read and Metadata: read, accepted by the "
        + "organisation; a token needs repo, or Actions: read.";

    /// <summary>The bill of an account.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="part">Which part of it, such as <c>, user alice</c>; empty for all of it.</param>
    public static GitHubSubject Bill(BillingAccount account, string part = "") => new(
        $"the bill of the {NameOf(account.Kind)} {account.Name}{part}",
        account.Kind == BillingAccountKind.User
            ? "Only the user's own token reads it, and only for a plan that the user bought alone: a classic token "
                + "with user, or a fine-grained one with Plan: read."
            : "A classic token of an owner or billing manager is accepted everywhere: manage_billing:copilot for an "
                + "organisation, manage_billing:enterprise for an enterprise.",
        account.Kind switch
        {
            BillingAccountKind.Enterprise =>
                "Check the enterprise's slug, and whether the token's owner manages its billing: fine-grained tokens "
                + "are not accepted here.",
            BillingAccountKind.User =>
                "Check the login: the token must be that user's own. Who pays through an organisation has no bill.",
            _ =>
                "Perhaps an enterprise holds the billing: configure its slug as Enterprise, with a token that may read "
                + "it. Otherwise check the name, and whether the token's owner manages the billing.",
        },
        "it may have been renamed, or ApiUrl is not the API's address");

    /// <summary>Something of a repository.</summary>
    /// <param name="what">Such as <c>the artifacts of run 7</c>.</param>
    /// <param name="repository"><c>owner/name</c>.</param>
    public static GitHubSubject Repository(string what, string repository) => new(
        $"{what} of {repository}",
        PermissionsOfRuns,
        "It is deleted, or the repository is not among those that the App is installed on or the token may see.",
        "ApiUrl may not be the API's address");

    /// <summary>Something that changes what runs in a repository.</summary>
    /// <param name="what">Such as <c>cancelling run 7</c>.</param>
    /// <param name="repository"><c>owner/name</c>.</param>
    public static GitHubSubject Control(string what, string repository) => new(
        $"{what} of {repository}",
        "Actions of findings need the repository permission Actions: write of the GitHub App, accepted by the "
            + "organisation; a token needs repo, or Actions: write.",
        "It is deleted, or the repository is not among those that the App is installed on or the token may see.",
        "ApiUrl may not be the API's address");

    /// <summary>Something of the issues by which people are told.</summary>
    /// <param name="what">Such as <c>the issues</c>.</param>
    /// <param name="repository"><c>owner/name</c>.</param>
    public static GitHubSubject Issues(string what, string repository) => new(
        $"{what} of {repository}",
        "The GitHub App needs the repository permission Issues: write, accepted by the organisation; a token needs "
            + "repo, or Issues: read and write.",
        "Check TokenLedger:Alerts:Channels, and whether the App is installed on the repository or the token may see "
            + "it.",
        "the repository may have been renamed");

    /// <summary>Something of the GitHub App itself.</summary>
    public static GitHubSubject App(string what) => new(
        what,
        "Check TokenLedger:GitHub:AppId, and whether the App is suspended or lacks an accepted permission.",
        "Check TokenLedger:GitHub:AppId, and whether the App is installed there.",
        "ApiUrl may not be the API's address");

    private static string NameOf(BillingAccountKind kind) => kind switch
    {
        BillingAccountKind.Enterprise => "enterprise",
        BillingAccountKind.User => "user",
        _ => "organisation",
    };
}
