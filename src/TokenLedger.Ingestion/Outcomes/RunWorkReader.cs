using System.Globalization;
using System.Text.Json;
using TokenLedger.Domain.Outcomes;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.Sessions;

namespace TokenLedger.Ingestion.Outcomes;

/// <summary>Reads of a run's archived files what its attempts created or worked on.</summary>
public static class RunWorkReader
{
    // A run carries out some ten safe outputs; a hostile file ends here.
    private const int ItemsMax = 1_000;

    /// <summary>The work of every attempt, in order.</summary>
    /// <param name="run">The run; its attempt is not looked at.</param>
    /// <param name="files">All archived files of the run, in any order.</param>
    /// <param name="attempts">The run's rows.</param>
    /// <param name="cancellation">Ends the reading between lines.</param>
    public static IReadOnlyList<RunWork> Read(
        RunIdentity run, IReadOnlyList<ArchivedFile> files, IReadOnlyList<RunFacts> attempts,
        CancellationToken cancellation)
    {
        // Whatever is wrong with them was told when the run was folded.
        var own = RunFold.OwnFiles(run, files, []);
        var items = own.SelectMany(file => ItemsOf(file, cancellation).Select(item => (file.Attempt, item)))
            .ToLookup(pair => pair.Attempt, pair => pair.item);
        var branches = own
            .Where(file => file.Kind == EvidenceKind.WorkflowRun)
            .Select(file => (file.Attempt, WorkflowRunFile.Read(file.File, static _ => { })?.HeadBranch))
            .Where(pair => pair.HeadBranch is not null)
            .ToLookup(pair => pair.Attempt, pair => pair.HeadBranch);
        return
        [
            .. attempts.OrderBy(facts => facts.Key).Select(facts => RunWork.Of(
                facts, items[facts.Key.Attempt],
                branches[facts.Key.Attempt].Distinct(StringComparer.Ordinal).ToList() is [var branch] ? branch : null)),
        ];
    }

    private static List<ReportedItem> ItemsOf(RunFile file, CancellationToken cancellation)
    {
        var items = new List<ReportedItem>();
        if (file.Kind == EvidenceKind.SafeOutputItems)
        {
            JsonLines.Read(
                file.File,
                (_, root) =>
                {
                    Add(items, root, WorkSource.SafeOutputs);
                    return LineOutcome.Accepted;
                },
                static _ => { }, cancellation);
        }
        else if (file.Kind == EvidenceKind.ActivitySummary)
        {
            using var document = CompanionDocument.Read(file.File, static _ => { });
            if (document?.RootElement.Child("safe_outputs")?.Child("items") is
                { ValueKind: JsonValueKind.Array } told)
            {
                foreach (var item in told.EnumerateArray())
                    Add(items, item, WorkSource.ActivitySummary);
            }
        }

        return items;
    }

    private static void Add(List<ReportedItem> items, JsonElement item, WorkSource source)
    {
        if (items.Count >= ItemsMax || item.TextOf("type") is not { } type)
            return;
        var (addressed, kind) = Addressed(item.TextOf("url"));
        var repository = item.TextOf("repo");
        items.Add(new ReportedItem(type, source)
        {
            Number = item.WholeOf("number"),
            Repository = RunNames.Split(repository) is null ? null : repository,
            Addressed = addressed,
            AddressedKind = kind,
        });
    }

    // https://github.com/acme/webshop/pull/12#issuecomment-1
    private static (WorkSubject? Subject, WorkKind? Kind) Addressed(string? url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http")
            || address.AbsolutePath.Split('/') is not ["", var owner, var name, var what, var number, ..]
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
            || OutcomePlace.OfNumber(address.Host, $"{owner}/{name}", parsed) is not { } place)
            return default;
        return what switch
        {
            "pull" => (place.Subject, WorkKind.PullRequest),
            "issues" => (place.Subject, WorkKind.Issue),
            _ => default,
        };
    }
}
