using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.GitHub;

namespace TokenLedger.Application.Collecting;

/// <summary>One look at the artifacts of a run: fetches what is new, and knows what came of it.</summary>
/// <remarks>
/// An artifact that is refused by itself does not keep the others away. Those of telemetry's names come first; a look
/// after a refusal begins further on, so that no artifact is always behind one that never comes.
/// </remarks>
internal sealed class ArtifactLook(CollectRunMessage message, RunIdentity run, RunAttempts attempts, LookBounds bounds)
{
    private readonly Dictionary<int, CollectedArtifacts> collected = attempts.All.ToDictionary(
        attempt => attempt.Facts.Run.Attempt, _ => new CollectedArtifacts());

    private readonly List<(RunArtifact Artifact, ProviderRefusal Refusal)> undelivered = [];

    /// <summary>Why not everything was fetched; null when it was.</summary>
    public ProviderRefusal? Refusal { get; private set; }

    /// <summary>Whether single artifacts were refused, and the credential is well.</summary>
    public bool IsRefusalOfArtifacts { get; private set; }

    /// <summary>Whether the rest is left to another message.</summary>
    public bool IsCut { get; private set; }

    /// <summary>What this look and earlier ones found.</summary>
    public ArtifactMemory Memory { get; private set; } = message.Memory;

    /// <summary>What an attempt's artifacts brought; null for an attempt that GitHub does not show.</summary>
    public CollectedArtifacts? Of(int attempt) => collected.GetValueOrDefault(attempt);

    /// <summary>Looks.</summary>
    /// <param name="artifacts">The run's artifacts, in the order of their ids.</param>
    /// <param name="held">The names of the run's uploads in the archive.</param>
    /// <param name="fetch">Brings one.</param>
    /// <param name="cancellation">Ends it between two blocks.</param>
    public async Task RunAsync(
        IReadOnlyList<RunArtifact> artifacts, IReadOnlySet<string> held, ArtifactFetch fetch,
        CancellationToken cancellation)
    {
        var pending = artifacts
            .Where(artifact => IsToFetch(artifact, held))
            .OrderBy(artifact => ArtifactFetch.IsNamed(artifact) ? 0 : 1)
            .ToList();
        if (artifacts.Count == RunQuestions.ArtifactsMax)
            collected[attempts.Latest].Add(CollectionProblems.TooMany());
        var repository = RepositoryAccess.Of(message.Run, message.InstallationId);
        for (var at = 0; at < pending.Count; at++)
        {
            var artifact = pending[(int)((at + (long)message.Waits) % pending.Count)];
            IsCut |= bounds.AreReached;
            if (!IsCut && !IsStopped)
                await FetchAsync(repository, artifact, fetch, cancellation);
            else if (Refusal is { } refusal)
                undelivered.Add((artifact, refusal));
        }
    }

    /// <summary>Names what was not delivered, when nobody asks for it any more.</summary>
    public void GiveUp()
    {
        foreach (var (artifact, refusal) in undelivered)
            collected[AttemptOf(artifact)].AddUndelivered(artifact, refusal);
    }

    private bool IsStopped => Refusal is not null && !IsRefusalOfArtifacts;

    private int AttemptOf(RunArtifact artifact) => attempts.Of(artifact).Facts.Run.Attempt;

    private bool IsToFetch(RunArtifact artifact, IReadOnlySet<string> held)
    {
        // Its own end will bring it, whole.
        if (!attempts.IsOver(attempts.Of(artifact)))
            return false;
        var result = collected[AttemptOf(artifact)];
        result.Add(Memory.ProblemsOf(artifact.Id));
        if (IsHeld(held, artifact, hasTelemetry: true))
            result.AddHeldTelemetry();
        else if (IsHeld(held, artifact, hasTelemetry: false) || Memory.WithoutEvidence.Contains(artifact.Id))
            return false;
        else if (artifact.IsExpired)
            result.AddExpired(artifact);
        else if (artifact.LengthBytes > ArtifactFetch.BytesMaxOf(artifact))
            result.AddTooLarge(artifact);
        else
            return true;
        return false;
    }

    private async Task FetchAsync(
        RepositoryAccess repository, RunArtifact artifact, ArtifactFetch fetch, CancellationToken cancellation)
    {
        bounds.Count(artifact);
        var attempt = AttemptOf(artifact);
        var result = collected[attempt];
        var (zip, refusal) = await fetch.RunAsync(
            repository, run with { Attempt = attempt }, artifact, cancellation);
        switch (refusal?.Code)
        {
            case null:
                result.Add(zip!);
                Remember(artifact, zip!.HasEvidence, zip.Problems);
                break;
            case ProviderRefusal.Gone or ProviderRefusal.NotFound:
                result.AddExpired(artifact);
                break;
            case ProviderRefusal.TooLarge:
                result.AddTooLarge(artifact);
                Remember(artifact, hasEvidence: false, [CollectionProblems.TooLarge(artifact)]);
                break;
            default:
                Refuse(artifact, refusal!);
                break;
        }
    }

    private void Remember(
        RunArtifact artifact, bool hasEvidence, IReadOnlyList<Ingestion.InputProblem> problems)
    {
        Memory = Memory.With(artifact.Id, problems);
        if (!hasEvidence)
            Memory = Memory.WithNothingIn(artifact.Id);
    }

    private void Refuse(RunArtifact artifact, ProviderRefusal refusal)
    {
        undelivered.Add((artifact, refusal));
        var isOfArtifact = !refusal.IsOfCredential
            && !string.Equals(refusal.Code, ProviderRefusal.NoCredential, StringComparison.Ordinal);
        // The first of several, unless nobody is answered any more.
        if (Refusal is null || !isOfArtifact)
            (Refusal, IsRefusalOfArtifacts) = (refusal, isOfArtifact);
    }

    private static bool IsHeld(IReadOnlySet<string> held, RunArtifact artifact, bool hasTelemetry)
    {
        var prefix = ArtifactFetch.PrefixOf(artifact, hasTelemetry);
        return held.Any(name => name.StartsWith(prefix, StringComparison.Ordinal));
    }
}
