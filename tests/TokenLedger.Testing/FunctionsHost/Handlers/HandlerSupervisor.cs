using System.Globalization;
using TokenLedger.Testing.FunctionsHost.Packages;

namespace TokenLedger.Testing.FunctionsHost.Handlers;

/// <summary>Keeps one handler running and judges its exits as the host does.</summary>
internal sealed class HandlerSupervisor : IAsyncDisposable
{
    private const int IntendedRestart = 200;
    private const int ErrorsMax = 3;

    private static readonly TimeSpan ErrorsApart = TimeSpan.FromMinutes(30);

    private readonly FunctionsPackage package;
    private readonly FunctionsHostOptions options;
    private readonly HostJournal journal;
    private readonly ReadinessProbe probe;
    private readonly Lock gate = new();

    // The four below are changed under the lock; the last two belong to the supervising task.
    private IRunningHandler? current;
    private TaskCompletionSource<int> ready = New();
    private HandlerState state = HandlerState.Starting;
    private bool isKilledByTest;
    private int errors;
    private DateTimeOffset lastErrorAt;

    private Task? supervising;

    public HandlerSupervisor(FunctionsPackage package, FunctionsHostOptions options, HostJournal journal)
    {
        this.package = package;
        this.options = options;
        this.journal = journal;
        probe = new(options.Time);
    }

    public HandlerState State
    {
        get
        {
            lock (gate)
                return state;
        }
    }

    public void Begin() => supervising = SuperviseAsync();

    /// <summary>The port of a handler that has answered; waits for one that starts.</summary>
    /// <exception cref="HandlerUnavailableException">There will be none.</exception>
    public async Task<int> ReadyPortAsync(CancellationToken cancellationToken)
    {
        // The host's own patience.
        var limit = package.Settings.InitializationTimeout * 4;
        Task<int> port;
        lock (gate)
            port = ready.Task;
        return await port.WaitAsync(limit, options.Time, cancellationToken);
    }

    /// <summary>SIGKILL, and a new handler as on a new instance: not an error of the handler.</summary>
    public void Kill() => End(byTest: true);

    /// <summary>The host's answer to a function that takes too long: counted as an error.</summary>
    public void Restart() => End(byTest: false);

    /// <summary>After a lost answer: waits until it is clear whether the handler still lives.</summary>
    public async Task SettleAsync(int port, CancellationToken cancellationToken)
    {
        Task<int> exited;
        lock (gate)
        {
            if (current is null || !ready.Task.IsCompletedSuccessfully || ready.Task.Result != port)
                return;
            exited = current.Exited;
        }

        if (!await probe.AnswersAsync(port, cancellationToken))
            await exited.WaitAsync(package.Settings.InitializationTimeout, options.Time, cancellationToken);
        if (exited.IsCompleted)
            MarkUnready(port);
    }

    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            state = HandlerState.Ended;
            current?.Kill();
        }

        if (supervising is not null)
            await supervising;
        probe.Dispose();
    }

    private async Task SuperviseAsync()
    {
        // Ends with the test's own disposal, an exit of 0 or the third error.
        while (true)
        {
            var port = FreePort.Next();
            IRunningHandler handler;
            lock (gate)
            {
                if (state == HandlerState.Ended)
                    break;
                state = HandlerState.Starting;
                isKilledByTest = false;
                handler = options.Runner.Start(StartOf(port));
                current = handler;
            }

            await using (handler)
            {
                var isReady = await AwaitReadinessAsync(port, handler);
                var code = await handler.Exited;
                if (!IsStartedAgain(code, isReady, port))
                    break;
            }
        }

        lock (gate)
            current = null;
    }

    private async Task<bool> AwaitReadinessAsync(int port, IRunningHandler handler)
    {
        using var gone = new CancellationTokenSource();
        _ = handler.Exited.ContinueWith(
            _ => CancelQuietly(gone), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        var isReady = await probe.UntilReadyAsync(port, package.Settings.InitializationTimeout, gone.Token);
        if (!isReady)
        {
            if (!handler.Exited.IsCompleted)
                journal.Add(new HostLogLine(HostLogLevel.Error, "The handler did not answer in time."));
            handler.Kill();
            return false;
        }

        lock (gate)
        {
            if (state == HandlerState.Starting && !isKilledByTest)
            {
                state = HandlerState.Ready;
                ready.TrySetResult(port);
            }
        }

        return true;
    }

    private bool IsStartedAgain(int code, bool wasReady, int port)
    {
        MarkUnready(port);
        lock (gate)
        {
            if (state == HandlerState.Ended)
                return EndWith(HandlerState.Ended);
            if (isKilledByTest)
                return true;
            journal.AddExit(code);
            if (code == 0)
                return EndWith(HandlerState.Gone);
            if (code == IntendedRestart && wasReady)
                return true;
            var now = options.Time.GetUtcNow();
            errors = errors > 0 && now - lastErrorAt < ErrorsApart ? errors + 1 : 1;
            lastErrorAt = now;
            return errors < ErrorsMax || EndWith(HandlerState.Stopped);
        }
    }

    // Under the lock.
    private bool EndWith(HandlerState end)
    {
        state = end;
        var lines = string.Join('\n', journal.Lines.TakeLast(20).Select(line => line.Text));
        ready.TrySetException(new HandlerUnavailableException(end, lines));
        // Nobody may be waiting.
        _ = ready.Task.Exception;
        return false;
    }

    private void End(bool byTest)
    {
        lock (gate)
        {
            if (state is not (HandlerState.Starting or HandlerState.Ready) || current is null)
                return;
            isKilledByTest |= byTest;
            state = HandlerState.Starting;
            if (ready.Task.IsCompleted)
                ready = New();
            current.Kill();
        }
    }

    private void MarkUnready(int port)
    {
        lock (gate)
        {
            if (!ready.Task.IsCompletedSuccessfully || ready.Task.Result != port)
                return;
            ready = New();
            if (state == HandlerState.Ready)
                state = HandlerState.Starting;
        }
    }

    private HandlerStart StartOf(int port)
    {
        var text = port.ToString(CultureInfo.InvariantCulture);
        var worker = Guid.NewGuid().ToString();
        var variables = new Dictionary<string, string>(options.Variables, StringComparer.Ordinal)
        {
            ["AzureWebJobsStorage"] = options.HandlerStorage ?? options.Storage,
            ["FUNCTIONS_CUSTOMHANDLER_PORT"] = text,
            ["FUNCTIONS_CUSTOMHANDLER_WORKER_ID"] = worker,
            ["FUNCTIONS_APP_ROOT_PATH"] = package.Folder,
            ["FUNCTIONS_HTTPWORKER_PORT"] = text,
            ["FUNCTIONS_HTTPWORKER_ID"] = worker,
        };
        return new(package.Executable, package.Settings.Arguments, package.Folder, port, variables, journal.Add);
    }

    private static void CancelQuietly(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The handler outlived the wait for it.
        }
    }

    private static TaskCompletionSource<int> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
