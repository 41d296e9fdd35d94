using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Collecting;

/// <summary>
/// Brings the artifacts of a run into the archive: of every attempt that is over, each under the attempt that made it,
/// beside what GitHub says of the attempt.
/// </summary>
/// <remarks>
/// Everything may be done twice and ends alike, because an artifact never changes. The file of the outcome is written
/// last.
/// </remarks>
internal sealed class ArtifactCollector(
    IRunSource github, ILogArchive archive, IReadOnlyList<TimeSpan> retryDelays, TimeProvider time)
{
    private readonly ArtifactFetch fetch = new(github, archive);

    /// <summary>Collects what there is for the message's run.</summary>
    /// <param name="message">The message; GitHub is asked under its name of the repository.</param>
    /// <param name="run">The attempt under the name that the archive knows.</param>
    /// <param name="cancellation">Ends it between two steps.</param>
    public async Task<CollectionStep> CollectAsync(
        CollectRunMessage message, RunIdentity run, CancellationToken cancellation)
    {
        var bounds = new LookBounds(message, time);
        var questions = new RunQuestions(
            github, RepositoryAccess.Of(message.Run, message.InstallationId), run.RunId);
        var (attempts, refusal) = await questions.FindAttemptsAsync(cancellation);
        if (attempts is null)
            return Refused(message, refusal!);
        var (artifacts, declined) = await questions.ListArtifactsAsync(cancellation);
        if (artifacts is null)
            return Refused(message, declined!);
        var look = new ArtifactLook(message, run, attempts, bounds);
        await look.RunAsync(artifacts, await HeldAsync(message, run, attempts, cancellation), fetch, cancellation);
        if (look.Of(run.Attempt) is not { } own)
            return Refused(message, AttemptMissing(run)) with { Memory = look.Memory };
        if (look.Refusal is { } refused)
            return await RefusedAsync(message, run, questions, attempts, look, refused, cancellation);
        if (look.IsCut)
            return CollectionStep.GoesOn with { Memory = look.Memory };
        if (own.State == CollectionState.NoTelemetry
            && CollectionRetries.AfterNothing(message, retryDelays) is { } wait)
            return CollectionStep.NotYet(wait) with { Memory = look.Memory };
        return await FinishAsync(run, questions, attempts, look, isLast: false, cancellation) is { } late
            ? Refused(message, late) with { Memory = look.Memory }
            : CollectionStep.Done(own.State);
    }

    /// <summary>Notes that GitHub refused until nobody asks any more.</summary>
    public Task GiveUpAsync(RunIdentity run, ProviderRefusal refusal, CancellationToken cancellation) =>
        archive.AddRecordAsync(
            run, WorkflowRunFile.UploadName,
            CollectionFile.Create(new CollectionFacts(run, CollectionState.Refused)
            {
                Problems = [CollectionProblems.Refused(refusal.Message)],
            }),
            cancellation);

    // A first look at a first attempt finds nothing that it put there itself.
    private async Task<IReadOnlySet<string>> HeldAsync(
        CollectRunMessage message, RunIdentity run, RunAttempts attempts, CancellationToken cancellation) =>
        message.IsFirstLook && attempts.Latest == 1
            ? new HashSet<string>(StringComparer.Ordinal)
            : await archive.ReadUploadNamesAsync(run, cancellation);

    // Later, or never: then what did arrive is the outcome, and what did not is named.
    private async Task<CollectionStep> RefusedAsync(
        CollectRunMessage message, RunIdentity run, RunQuestions questions, RunAttempts attempts, ArtifactLook look,
        ProviderRefusal refusal, CancellationToken cancellation)
    {
        var step = Refused(message, refusal) with
        {
            Memory = look.Memory,
            IsRefusalOfArtifacts = look.IsRefusalOfArtifacts,
        };
        if (step.Wait is not null)
            return step;
        look.GiveUp();
        await FinishAsync(run, questions, attempts, look, isLast: true, cancellation);
        return step with { State = look.Of(run.Attempt)!.State };
    }

    private async Task<ProviderRefusal?> FinishAsync(
        RunIdentity run, RunQuestions questions, RunAttempts attempts, ArtifactLook look, bool isLast,
        CancellationToken cancellation)
    {
        // A later attempt has a message of its own, which looks as often as this one did.
        foreach (var attempt in attempts.All.Where(attempts.IsOver)
            .Where(attempt => attempt.Facts.Run.Attempt <= run.Attempt))
        {
            var number = attempt.Facts.Run.Attempt;
            var (minutes, refusal) = await questions.MinutesAsync(number, cancellation);
            if (refusal is not null && !isLast)
                return refusal;
            var ofAttempt = run with { Attempt = number };
            // Whoever queued the run has archived what GitHub says of its own attempt.
            if (number != run.Attempt)
            {
                await archive.AddRecordAsync(
                    ofAttempt, WorkflowRunFile.UploadName, WorkflowRunFile.Create(attempt.Facts), cancellation);
            }

            var collected = look.Of(number)!;
            await archive.AddRecordAsync(
                ofAttempt, WorkflowRunFile.UploadName,
                CollectionFile.Create(new CollectionFacts(ofAttempt, collected.State)
                {
                    ActionsMinutes = minutes,
                    Problems = collected.Problems,
                }),
                cancellation);
        }

        return null;
    }

    private static CollectionStep Refused(CollectRunMessage message, ProviderRefusal refusal) =>
        new(null, CollectionRetries.After(refusal, message), refusal) { Memory = message.Memory };

    private static ProviderRefusal AttemptMissing(RunIdentity run) => new(
        ProviderRefusal.NotFound,
        FormattableString.Invariant($"GitHub shows run {run.RunId} without attempt {run.Attempt}."),
        null);
}
