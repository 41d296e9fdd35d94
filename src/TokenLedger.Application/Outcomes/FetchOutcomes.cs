using TokenLedger.Application.Ports;
using TokenLedger.Domain.Outcomes;
using TokenLedger.Ingestion.Outcomes;

namespace TokenLedger.Application.Outcomes;

/// <summary>Asks GitHub what has become of pull requests and issues, for those without the webhook.</summary>
public sealed class FetchOutcomes(IOutcomeSource source, IOutcomeArchive archive, IRecords records)
{
    private readonly OutcomeIndex index = new(records);
    private readonly StoreOutcome store = new(archive, records);

    /// <summary>Asks for each of them once; what is settled is asked for no more.</summary>
    /// <param name="work">What runs created or worked on, and what is known of it.</param>
    /// <param name="cancellation">Ends between two questions; what was stored stays.</param>
    /// <returns>How many were stored, and what was refused; a refusal of the credential ends the asking.</returns>
    public async Task<FetchedOutcomes> ExecuteAsync(PeriodWork work, CancellationToken cancellation)
    {
        var kinds = work.Work.Values.SelectMany(run => run.Links)
            .GroupBy(link => link.Subject)
            .OrderBy(group => group.Key)
            .Select(group => (
                Subject: group.Key, Kind: group.Select(link => link.Kind).FirstOrDefault(kind => kind is not null)));
        var (stored, refusals) = (0, new List<(WorkSubject, ProviderRefusal)>());
        foreach (var (subject, kind) in kinds)
        {
            // A merge stays; that it is reverted, the pull request that does so tells.
            if (work.Outcomes.GetValueOrDefault(subject) is { IsMerged: true, LinesChanged: not null }
                || OutcomePlace.Of(subject) is not { } place)
                continue;
            var (told, refusal) = await source.FindAsync(
                new RepositoryAccess(place.Host, place.Owner, place.Name, null), subject.Number, kind, cancellation);
            if (refusal is not null)
            {
                refusals.Add((subject, refusal));
                // The next one would be refused alike.
                if (refusal.IsOfCredential || refusal.Code is ProviderRefusal.NoCredential or ProviderRefusal.Rejected)
                    break;
                continue;
            }

            foreach (var fact in told!.Facts)
            {
                if (fact.Place == place || await index.FollowsAsync(fact.Place, cancellation))
                    await archive.AddAsync(fact.Place, fact.Fact, cancellation);
            }

            foreach (var touched in told.Facts.Select(fact => fact.Place).Distinct())
            {
                if (touched == place || await index.FollowsAsync(touched, cancellation))
                    await store.ExecuteAsync(touched, cancellation);
            }

            stored++;
        }

        return new FetchedOutcomes(stored, refusals);
    }
}
