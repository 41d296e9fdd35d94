using System.Globalization;
using TokenLedger.Application.Configuration;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Diagnosis;

/// <summary>What is configured, and what is wrong with it.</summary>
/// <param name="configuration">What could be read.</param>
/// <param name="problems">What could not, a line each, without a secret.</param>
public sealed class ConfigurationCheck(LedgerConfiguration configuration, IReadOnlyList<string> problems) : ICheck
{
    private const string Unreadable = "TL1001";
    private const string NoSource = "TL1002";
    private const string NoWebhookSecret = "TL1003";
    private const string NoToken = "TL1004";

    /// <inheritdoc/>
    public string Name => "Configuration";

    /// <inheritdoc/>
    public Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<CheckResult>>([.. Results()]);

    private IEnumerable<CheckResult> Results()
    {
        foreach (var problem in problems)
        {
            yield return CheckResult.Problem(
                Name, SettingOf(problem), Unreadable, $"{problem}.",
                "Correct it: every command refuses to start with it. docs/service.md lists the settings.");
        }

        if (problems.Count == 0)
        {
            yield return CheckResult.Ok(
                Name, "settings", string.Create(
                    CultureInfo.InvariantCulture,
                    $"Read without a problem; sources of bills: {configuration.Sources.Count}."));
        }

        if (configuration.Sources.Count == 0)
        {
            yield return CheckResult.Warning(
                Name, "sources", NoSource, "No source of a bill is configured: nothing is polled, and nobody pays.",
                "Set TokenLedger:Sources:0:Kind=github and :Organization or :Enterprise, or import bills as files with "
                + "'tokenledger import-billing'.");
        }

        if (configuration.GitHub is { AppId: not null, WebhookSecrets.Count: 0 })
        {
            yield return CheckResult.Warning(
                Name, "webhook", NoWebhookSecret, "A GitHub App is configured, but no secret of its webhook.",
                "Set TokenLedger:GitHub:WebhookSecrets:0 to the App's webhook secret.");
        }

        foreach (var source in configuration.Sources.Where(source => source.Token is null && IsGitHub(source)))
        {
            yield return CheckResult.Warning(
                Name, $"source {source.Name}", NoToken, "It has no token: its bill comes only as files.",
                "Set TokenLedger:GitHub:Token or the source's own Token, or go on with 'tokenledger import-billing'.");
        }
    }

    private static bool IsGitHub(SourceConfiguration source) =>
        string.Equals(source.Kind, BillingAccount.GitHub, StringComparison.Ordinal);

    // Most problems begin with the setting they are of.
    private static string SettingOf(string problem)
    {
        var first = problem.Split(' ', 2)[0].TrimEnd(':');
        return first.StartsWith("TokenLedger", StringComparison.OrdinalIgnoreCase) ? first : "settings";
    }
}
