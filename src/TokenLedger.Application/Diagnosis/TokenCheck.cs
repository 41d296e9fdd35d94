using System.Globalization;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Diagnosis;

/// <summary>Each configured token of GitHub: its kind, whether it is known, its scopes and its end.</summary>
public sealed class TokenCheck(IProviderProbe probe, LedgerConfiguration configuration, TimeProvider time) : ICheck
{
    private const string EndsSoon = "TL1032";

    // Long enough to ask an owner for another one.
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    /// <inheritdoc/>
    public string Name => "Tokens";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellation)
    {
        var tokens = Tokens().ToList();
        if (tokens.Count == 0)
            return [CheckResult.Skipped(Name, "tokens", "No token of GitHub is configured.")];
        var results = new List<CheckResult>();
        foreach (var (apiUrl, token, subject) in tokens)
        {
            var answer = await probe.ProbeTokenAsync(apiUrl, token, cancellation);
            results.Add(ResultOf(subject, CredentialKinds.Of(token), answer));
        }

        return results;
    }

    private CheckResult ResultOf(string subject, CredentialKind kind, ProbeAnswer answer)
    {
        if (answer.Outcome == ProbeOutcome.Unauthorized)
        {
            return CheckResult.Problem(
                Name, subject, ProbeTrouble.TokenNotAccepted,
                $"{CredentialKinds.Text(kind)}; {ProbeTrouble.SeenOf(answer)}",
                "Make a new one, with an end that you will notice, and set it where this one is configured.");
        }

        if (ProbeTrouble.Of(Name, subject, answer) is { } trouble)
            return trouble;
        // 403 and 404: GitHub knows the token and has no such question, or none for it.
        var scopes = answer.Scopes is { Length: > 0 } said ? $"; scopes: {said}" : "";
        if (answer.TokenExpiresAt is not { } end)
            return CheckResult.Ok(Name, subject, $"GitHub knows it: {CredentialKinds.Text(kind)}{scopes}.");
        var seen = string.Create(
            CultureInfo.InvariantCulture, $"{CredentialKinds.Text(kind)}{scopes}; it ends on {end:yyyy-MM-dd}.");
        return end - time.GetUtcNow() > Soon
            ? CheckResult.Ok(Name, subject, seen)
            : CheckResult.Warning(
                Name, subject, EndsSoon, seen, "Make another one now, and set it where this one is configured.");
    }

    private IEnumerable<(Uri ApiUrl, Secret Token, string Subject)> Tokens() => configuration.Sources
        .Where(source => source.Token is not null
            && string.Equals(source.Kind, BillingAccount.GitHub, StringComparison.Ordinal))
        .Select(source => (
            ApiUrl: source.ApiUrl ?? GitHubConfiguration.PublicApiUrl, Token: source.Token!,
            Subject: $"token of source {source.Name}"))
        .Concat(configuration.GitHub.Token is { } common
            ? [(configuration.GitHub.ApiUrl, common, "TokenLedger:GitHub:Token")]
            : [])
        .GroupBy(item => (item.ApiUrl, item.Token))
        .Select(group => (
            group.Key.ApiUrl, group.Key.Token, string.Join(", ", group.Select(item => item.Subject).Take(3))));
}
