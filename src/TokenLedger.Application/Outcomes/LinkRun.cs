using TokenLedger.Application.Ports;
using TokenLedger.Application.Records;
using TokenLedger.Domain.Outcomes;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.Outcomes;

namespace TokenLedger.Application.Outcomes;

/// <summary>Finds what a run created or worked on, when its files are other than when that was found last.</summary>
/// <remarks>
/// 1. note what is linked in the index, so that its webhooks are kept; 2. store the row. Each may be done twice.
/// </remarks>
public sealed class LinkRun(ILedgerStore store, ILogArchive archive, IRecords records)
{
    /// <summary>Links a run that the ledger knows.</summary>
    /// <returns>Whether anything was stored.</returns>
    public async Task<bool> ExecuteAsync(RunIdentity run, CancellationToken cancellation)
    {
        if (await store.FindRunAsync(run.Host, run.RunId, cancellation) is not { } stored)
            return false;
        var known = await records.FindAsync(
            OutcomeTables.RunWork, OutcomeKeys.RunPartition(run.RunId, run.Host), OutcomeKeys.RunRow, cancellation);
        if (string.Equals(known?.Row.Text("inputhash"), stored.InputHash, StringComparison.Ordinal))
            return false;
        // The files lie under the name that the run was first known by.
        run = stored.UnderKnownName(run);
        var attempts = await store.ReadRunAsync(run.Host, run.RunId, cancellation);
        using var archived = await archive.OpenAsync(run, cancellation);
        var work = RunWorkReader.Read(
            run, archived.Files, [.. attempts.Select(attempt => attempt.Facts)], cancellation);
        foreach (var subject in work.SelectMany(attempt => attempt.Links).Select(link => link.Subject).Distinct())
            await NoteAsync(subject, cancellation);
        await records.PutAsync([RunWorkRows.Of(run, stored.InputHash, work)], cancellation);
        return true;
    }

    // The first who tells of it notes it; whoever knows more puts that in its place.
    private async Task NoteAsync(WorkSubject subject, CancellationToken cancellation)
    {
        var row = new RecordRow(
            OutcomeTables.Index, OutcomeKeys.IndexPartition(subject.Host, subject.Repository),
            OutcomeKeys.IndexRow(subject.Number)).Set("number", subject.Number);
        if (await records.FindAsync(row.Table, row.PartitionKey, row.RowKey, cancellation) is null)
            await records.ReplaceAsync(row, version: null, cancellation);
    }
}
