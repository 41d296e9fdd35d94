using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Diagnosis;

/// <summary>Causes that every question to GitHub can have alike.</summary>
internal static class ProbeTrouble
{
    public const string TokenNotAccepted = "TL1031";

    private const string AddressNotAdmitted = "TL1050";
    private const string RateLimited = "TL1061";
    private const string Failed = "TL1062";
    private const string Unreachable = "TL1063";
    private const string NotTheApi = "TL1064";
    private const string Rejected = "TL1065";
    private const string Moved = "TL1066";

    /// <summary>The result of an outcome that has nothing to do with what was asked for; null for the others.</summary>
    public static CheckResult? Of(string name, string subject, ProbeAnswer answer)
    {
        if (answer.IsOfSilentHost)
            return CheckResult.Skipped(name, subject, "Not asked: the same host does not answer, as said above.");
        return answer.Outcome switch
        {
            ProbeOutcome.Forbidden when answer.IsOfAddress => CheckResult.Problem(
                name, subject, AddressNotAdmitted,
                $"An IP allow list does not hold the address of this machine. {SeenOf(answer)}",
                "An owner adds the address that this machine goes out by: the organisation's or enterprise's Settings "
                + "› Authentication security › IP allow list. The service needs its own address there, too."),
            ProbeOutcome.RateLimited => CheckResult.Warning(
                name, subject, RateLimited, SeenOf(answer),
                "Run this again later. If it goes on, let other programs use another token."),
            ProbeOutcome.Failed => CheckResult.Warning(
                name, subject, Failed, SeenOf(answer),
                "Run this again later; https://www.githubstatus.com tells whether GitHub is down."),
            ProbeOutcome.Unreachable => CheckResult.Problem(
                name, subject, Unreachable, SeenOf(answer),
                "Check the network, HTTPS_PROXY and TokenLedger:GitHub:ApiUrl. Without a network bills still come in "
                + "with 'tokenledger import-billing'."),
            ProbeOutcome.Malformed => CheckResult.Problem(
                name, subject, NotTheApi, SeenOf(answer),
                "Set TokenLedger:GitHub:ApiUrl to the API (https://api.github.com, https://api.SUBDOMAIN.ghe.com, "
                + "https://HOST/api/v3), and let the proxy pass it through."),
            ProbeOutcome.Rejected => CheckResult.Problem(
                name, subject, Rejected, SeenOf(answer),
                "Check the name of the account and TokenLedger:GitHub:ApiUrl."),
            ProbeOutcome.Moved => CheckResult.Problem(
                name, subject, Moved, SeenOf(answer),
                "The account was renamed, or ApiUrl is another server: set its present name. A token is not sent after "
                + "a move."),
            _ => null,
        };
    }

    /// <summary>What was seen, with what GitHub says it would accept.</summary>
    public static string SeenOf(ProbeAnswer answer)
    {
        var seen = answer.Message ?? "It was answered.";
        if (answer.AcceptedPermissions is { } permissions)
            seen += $" Accepted permissions: {permissions}.";
        if (answer.AcceptedScopes is { } accepted)
            seen += $" Accepted scopes: {accepted}.";
        if (answer.Scopes is { } scopes)
            seen += $" The token's scopes: {(scopes.Length == 0 ? "none" : scopes)}.";
        return seen;
    }
}
