using System.Diagnostics;
using System.Globalization;
using TokenLedger.Application.Ingesting;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Telemetry;
using TokenLedger.Domain.Pricing;
using TokenLedger.Hosting.Composition;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Hosting.Workers;

/// <summary>Takes what people and scripts put into a folder: token logs, artifacts, folders of them.</summary>
/// <remarks>
/// Something is taken when it has not changed for a moment, and then moved to <c>.taken</c>, or to <c>.rejected</c>
/// when it told of no run. The evidence is in the archive before it is moved: a killed process takes it again, which
/// changes nothing. Links are rejected unread: what they lead to was not put here.
/// </remarks>
internal sealed class InboxWatcher(
    string folder, LedgerServices services, PriceBook prices, Action<string> log, TimeProvider time)
{
    public const string TakenFolder = ".taken";
    public const string RejectedFolder = ".rejected";

    // Looking is cheap and misses nothing, unlike the notifications of network file systems and full queues.
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    // Something deeper or wider is taken by 'ingest', where somebody watches.
    private const int EntriesMax = 100_000;

    // Entries of one name that are moved at one instant.
    private const int VersionsMax = 1_000;

    // Enough to see what is wrong with a file; 'ingest' lists them all.
    private const int ProblemsMax = 20;

    // After an entry could not be looked at, taken or moved: the others go on meanwhile.
    private static readonly TimeSpan FaultRest = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, (long Files, long Bytes, DateTime NewestUtc)> seen =
        new(StringComparer.Ordinal);

    private readonly Dictionary<string, DateTimeOffset> resting = new(StringComparer.Ordinal);

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stopping);
                await Task.Delay(LookInterval, time, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The edge of the watcher: the next look tries again.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                log($"inbox: {fault.GetType().Name} while looking; trying again.");
                await Task.Delay(LookInterval, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Takes every entry that is as the last look saw it.</summary>
    public async Task LookAsync(CancellationToken stopping)
    {
        var entries = new DirectoryInfo(folder).EnumerateFileSystemInfos()
            .Where(entry => !entry.Name.StartsWith('.'))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .Take(EntriesMax)
            .ToList();
        var names = entries.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in seen.Keys.Concat(resting.Keys).Where(name => !names.Contains(name)).ToList())
        {
            seen.Remove(gone);
            resting.Remove(gone);
        }

        foreach (var entry in entries.Where(entry => !IsResting(entry.Name)))
            await TryAsync(entry, stopping);
    }

    private bool IsResting(string name) => resting.TryGetValue(name, out var until) && time.GetUtcNow() < until;

    private async Task TryAsync(FileSystemInfo entry, CancellationToken stopping)
    {
        try
        {
            if (entry.LinkTarget is not null)
            {
                log($"inbox: {entry.Name}: rejected: a link is not followed; put in what it leads to.");
                Move(entry, RejectedFolder);
                return;
            }

            var state = StateOf(entry);
            var isStill = seen.TryGetValue(entry.Name, out var before) && before == state;
            seen[entry.Name] = state;
            if (isStill && state.Files > 0)
                await TakeAsync(entry, state, stopping);
        }
#pragma warning disable CA1031 // One entry that cannot be dealt with must not hold up the others.
        catch (Exception fault) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            resting[entry.Name] = time.GetUtcNow() + FaultRest;
            // A fault's message may quote a file.
            log($"inbox: {entry.Name}: {fault.GetType().Name}; left where it is and tried again later.");
        }
    }

    private async Task TakeAsync(
        FileSystemInfo entry, (long Files, long Bytes, DateTime NewestUtc) taken, CancellationToken stopping)
    {
        using var activity = LedgerTelemetry.Activities.StartActivity("inbox", ActivityKind.Internal);
        IngestOutcome outcome;
        try
        {
            outcome = await new IngestEvidence(services.Storage.Store, services.Storage.Archive, prices)
                .ExecuteAsync([entry.FullName], new IdentityHints(), progress: null, stopping);
        }
        catch (RunConflictException conflict)
        {
            log($"inbox: {entry.Name}: {conflict.Message}");
            Move(entry, RejectedFolder);
            return;
        }

        foreach (var run in outcome.Runs)
            await services.UpdateRun.AcceptAsync(run, stopping);
        Tell(entry.Name, [.. outcome.Problems, .. outcome.Contradiction is { } one ? [one] : (InputProblem[])[]]);
        // What was added meanwhile has not been read: the next look takes it, and what is known again changes nothing.
        if (StateOf(entry) is var now && now != taken)
        {
            seen[entry.Name] = now;
            return;
        }

        var isTaken = outcome.Runs.Count > 0 && outcome.Contradiction is null;
        log($"inbox: {entry.Name}: {(isTaken ? "taken" : "rejected")}, runs: {outcome.Runs.Count}.");
        Move(entry, isTaken ? TakenFolder : RejectedFolder);
    }

    private void Tell(string name, IReadOnlyList<InputProblem> problems)
    {
        foreach (var problem in problems.Take(ProblemsMax))
            log($"inbox: {problem.Source}: {problem.Code} {problem.Message}");
        if (problems.Count > ProblemsMax)
            log(FormattableString.Invariant($"inbox: {name}: {problems.Count - ProblemsMax} more problems."));
    }

    private void Move(FileSystemInfo entry, string to)
    {
        seen.Remove(entry.Name);
        var target = Directory.CreateDirectory(Path.Combine(folder, to)).FullName;
        var stamp = "~" + time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
        for (var version = 1; version <= VersionsMax; version++)
        {
            var suffix = version switch
            {
                1 => "",
                2 => stamp,
                _ => FormattableString.Invariant($"{stamp}~{version}"),
            };
            var path = Path.Combine(target, entry.Name + suffix);
            if (Path.Exists(path))
                continue;
            if (entry is DirectoryInfo directory)
                directory.MoveTo(path);
            else
                File.Move(entry.FullName, path);
            return;
        }

        throw new IOException($"{target} holds {VersionsMax} entries of one name.");
    }

    private static (long Files, long Bytes, DateTime NewestUtc) StateOf(FileSystemInfo entry)
    {
        IEnumerable<FileInfo> files = entry switch
        {
            FileInfo file => [file],
            DirectoryInfo directory => directory
                .EnumerateFiles("*", new EnumerationOptions
                {
                    RecurseSubdirectories = true,
                    AttributesToSkip = FileAttributes.ReparsePoint,
                })
                .Take(EntriesMax),
            _ => [],
        };
        var state = (Files: 0L, Bytes: 0L, NewestUtc: DateTime.MinValue);
        foreach (var file in files)
        {
            state = (
                state.Files + 1, checked(state.Bytes + file.Length),
                file.LastWriteTimeUtc > state.NewestUtc ? file.LastWriteTimeUtc : state.NewestUtc);
        }

        return state;
    }
}
