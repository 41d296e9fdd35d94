using TokenLedger.Application.Alerts;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Sweeping;

/// <summary>
/// The repositories that are swept: those the App is installed on, else those of configured organisations.
/// </summary>
internal sealed class SweepScope(IRunSource github, AlertBook alerts, LedgerConfiguration configuration)
{
    private const string AppSubject = "repositories of the GitHub App";

    // Every list is walked anew by each sweep.
    private const int OrganizationsMax = 50;

    /// <summary>The repositories, each once, and why some are not known; null when all are.</summary>
    public async Task<(IReadOnlyList<RepositoryAccess> Repositories, ProviderRefusal? Refusal)> ReadAsync(
        QuestionBudget budget, CancellationToken cancellation)
    {
        var found = new List<RepositoryAccess>();
        ProviderRefusal? last = null;
        foreach (var organization in Organizations())
        {
            var (listing, refused) = await github.ListRepositoriesAsync(organization, cancellation);
            // The port does not tell its requests: pages of 100, and what leads to them.
            budget.Count(2 + ((listing?.Repositories.Count ?? 0) / RunWalk.PageRuns));
            found.AddRange(listing?.Repositories ?? []);
            var refusal = refused ?? listing?.Missing;
            last = refusal ?? last;
            if (refusal is null)
                await alerts.CloseAsync(Alert.SweepRefused, SubjectOf(organization), cancellation);
            else if (refusal.NeedsMending)
                await alerts.RaiseAsync(
                    Alert.SweepRefused, SubjectOf(organization), refusal.Message, cancellation);
            if (refused is { IsOfCredential: true })
                break;
        }

        return ([.. found.DistinctBy(SweepMarks.KeyOf, StringComparer.Ordinal)], last);
    }

    /// <summary>What alerts call the lists that are read.</summary>
    public IEnumerable<string> Subjects() => Organizations().Select(SubjectOf);

    // Only an App tells of all its repositories at once.
    private IEnumerable<string?> Organizations() => configuration.GitHub is { AppId: not null, PrivateKey: not null }
        ? [null]
        : configuration.Sources
            .Where(source => string.Equals(source.Kind, BillingAccount.GitHub, StringComparison.Ordinal))
            .SelectMany(source => source.PaysOrganizations.Prepend(source.Organization))
            .Where(organization => !string.IsNullOrWhiteSpace(organization))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(OrganizationsMax);

    private static string SubjectOf(string? organization) =>
        organization is null ? AppSubject : $"repositories of {organization}";
}
