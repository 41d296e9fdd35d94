using TokenLedger.Storage.Azure.Accounts;
using TokenLedger.Testing.FunctionsHost.Handlers;
using TokenLedger.Testing.FunctionsHost.Invocations;
using TokenLedger.Testing.FunctionsHost.Packages;

namespace TokenLedger.Testing.FunctionsHost;

/// <summary>
/// Starts a packaged custom handler as the Functions host would and stands between it and the world: front door, queues,
/// timers, restarts.
/// </summary>
/// <remarks>
/// Facts of the host: read from its source and documentation, payloads measured against its serialiser (2026-11).
/// Queues are only pumped when a test asks for it, so that nothing happens between two lines of a test.
/// </remarks>
public sealed class FunctionsHostDouble : IAsyncDisposable
{
    private static readonly TimeSpan DrainPause = TimeSpan.FromMilliseconds(50);

    private readonly FunctionsPackage package;
    private readonly FunctionsHostOptions options;
    private readonly HandlerSupervisor supervisor;
    private readonly InvocationSender sender;
    private readonly FrontDoor door;
    private readonly IReadOnlyList<QueuePump> pumps;
    private readonly Dictionary<string, DateTimeOffset> lastFired = new(StringComparer.Ordinal);

    private FunctionsHostDouble(FunctionsPackage package, FunctionsHostOptions options)
    {
        this.package = package;
        this.options = options;
        supervisor = new(package, options, Journal);
        sender = new(supervisor, Journal, package.Settings.FunctionTimeout);
        door = new(package, options, supervisor, Journal);
        var storage = StorageOf(options.Storage);
        pumps = [.. package.Functions.OfType<QueueFunction>().Select(function =>
            new QueuePump(function, package.Settings, options, storage, sender, Journal))];
    }

    public HostJournal Journal { get; } = new();

    public HandlerState State => supervisor.State;

    public FunctionsPackage Package => package;

    /// <summary>Reads the package, starts the handler and waits until it answers.</summary>
    /// <exception cref="InvalidPackageException">The host would not start it.</exception>
    /// <exception cref="HandlerUnavailableException">The handler exited with 0, or failed three times.</exception>
    public static async Task<FunctionsHostDouble> StartAsync(
        FunctionsHostOptions options, CancellationToken cancellationToken = default)
    {
        var host = new FunctionsHostDouble(
            FunctionsPackage.Read(options.Package, options.Runner.NeedsExecutable), options);
        host.supervisor.Begin();
        try
        {
            await host.ReadyAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until a handler answers, also after a restart.</summary>
    /// <exception cref="HandlerUnavailableException">There will be none.</exception>
    public Task ReadyAsync(CancellationToken cancellationToken = default) =>
        supervisor.ReadyPortAsync(cancellationToken);

    /// <summary>As from outside: 404 for what no function.json names, 401 without the key, else the handler's answer.</summary>
    public Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken = default) =>
        door.SendAsync(request, cancellationToken);

    /// <summary>SIGKILL: no word before, no drain, no exit code; another handler is started.</summary>
    public void Kill() => supervisor.Kill();

    /// <summary>Takes one batch of every queue.</summary>
    /// <returns>How many messages there were.</returns>
    public async Task<int> PumpAsync(CancellationToken cancellationToken = default) =>
        (await Task.WhenAll(pumps.Select(pump => pump.PumpAsync(cancellationToken)))).Sum();

    /// <summary>Pumps until every queue is empty, waiting also for messages that are hidden.</summary>
    /// <exception cref="TimeoutException">They were not empty in time.</exception>
    /// <exception cref="InvalidOperationException">An answer would have hung the host.</exception>
    public async Task DrainAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var started = options.Time.GetTimestamp();
        while (options.Time.GetElapsedTime(started) < timeout)
        {
            var handled = await PumpAsync(cancellationToken);
            ThrowIfHung();
            if (handled > 0)
                continue;
            if (await CountAsync(cancellationToken) == 0)
                return;
            await Task.Delay(DrainPause, options.Time, cancellationToken);
        }

        throw new TimeoutException(
            $"After {timeout} the queues still hold {await CountAsync(cancellationToken)} messages. Last calls: "
            + string.Join("; ", Journal.Invocations.TakeLast(5)));
    }

    /// <summary>Calls a timer function now.</summary>
    public async Task<Invocation> FireTimerAsync(string function, CancellationToken cancellationToken = default)
    {
        var timer = package.Functions.OfType<TimerFunction>().Single(candidate =>
            string.Equals(candidate.Name, function, StringComparison.Ordinal));
        var mark = InvocationMark.Next(options.Time);
        // The schedule is not evaluated: the next time is an hour later whatever it says.
        var status = timer.IsMonitored
            ? new TimerStatus(lastFired.GetValueOrDefault(function), mark.At, mark.At.AddHours(1))
            : null;
        lastFired[function] = mark.At;
        var payload = TriggerPayload.ForTimer(timer.Binding, timer.Name, status, mark);
        return await sender.PostAsync(timer.Name, payload, mark, null, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await supervisor.DisposeAsync();
        sender.Dispose();
        door.Dispose();
    }

    private async Task<long> CountAsync(CancellationToken cancellationToken) =>
        (await Task.WhenAll(pumps.Select(pump => pump.CountAsync(cancellationToken)))).Sum();

    private void ThrowIfHung()
    {
        if (Journal.Hangs is [var first, ..])
            throw new InvalidOperationException(
                $"{first.Function} would hang until its time-out: {first.Judgement.Reason}.");
    }

    private static StorageServices StorageOf(string connectionString)
    {
        var reading = StorageAccountReader.Read(new() { ConnectionString = connectionString });
        return new(reading.Account ?? throw new ArgumentException(
            string.Join(' ', reading.Problems), nameof(connectionString)));
    }
}
