using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Pricing;
using TokenLedger.Hosting.Composition;
using TokenLedger.Hosting.Endpoints;
using TokenLedger.Hosting.Workers;

namespace TokenLedger.Hosting.Serving;

/// <summary>The whole service in one process: endpoints, queue workers, timers, inbox.</summary>
public sealed class LedgerServer
{
    // Bills of yesterday appear during the night; a minute off the hour, where everybody's jobs are.
    private const int PollMinute = 7;

    // The same minutes as the function's.
    private const int SweepMinute = 3;
    private const int SweepDistance = 15;

    // After the poll, whose days are reconciled by then, and before the next hour's.
    private const int BudgetMinute = 40;

    // What is under way is finished within this, or comes again.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    private readonly ServeOptions options;
    private readonly LedgerServices services;
    private readonly IWorkReceiver receiver;
    private readonly PriceBook prices;
    private readonly Action<string> log;
    private readonly TimeProvider time;

    /// <param name="options">How it is run.</param>
    /// <param name="services">The use cases.</param>
    /// <param name="receiver">The other end of the queues.</param>
    /// <param name="prices">The price book.</param>
    /// <param name="log">Told one line at a time; from any thread.</param>
    /// <param name="time">The clock.</param>
    public LedgerServer(
        ServeOptions options, LedgerServices services, IWorkReceiver receiver, PriceBook prices, Action<string> log,
        TimeProvider time)
    {
        this.options = options;
        this.services = services;
        this.receiver = receiver;
        this.prices = prices;
        this.log = log;
        this.time = time;
    }

    /// <summary>Serves until it is stopped, then finishes what is under way.</summary>
    /// <param name="onListening">Told the addresses once they are bound.</param>
    /// <param name="stopping">Stops the service.</param>
    /// <exception cref="AddressUnavailableException">An address is in use or cannot be bound.</exception>
    public async Task RunAsync(Action<IReadOnlyCollection<string>> onListening, CancellationToken stopping)
    {
        await using var app = WebHost.Create(options.Urls);
        var warmup = new Warmup(_ => Task.FromResult(services));
        LedgerEndpoints.UseProblems(app);
        app.UseRouting();
        LedgerEndpoints.Map(
            app, warmup,
            options.WebhookSecrets.Count == 0 ? null : new WebhookEndpoint(options.WebhookSecrets, warmup),
            time, new ApiKeyCheck(options.ApiKey).Require);
        await BindAsync(app, stopping);
        onListening([.. app.Urls]);
        var workers = Workers().Select(worker => Task.Run(() => worker(stopping), CancellationToken.None)).ToList();
        var stop = Task.Delay(Timeout.Infinite, stopping);
        // A worker that ended by itself would leave its queue to grow behind answers that look well.
        if (await Task.WhenAny([stop, .. workers]) is var ended && ended != stop && !stopping.IsCancellationRequested)
            await ended;
        using var patience = new CancellationTokenSource(StopTimeout);
        await app.StopAsync(patience.Token);
        await Task.WhenAll(workers).WaitAsync(StopTimeout, time, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task BindAsync(WebApplication app, CancellationToken stopping)
    {
        try
        {
            await app.StartAsync(stopping);
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            throw new AddressUnavailableException(
                $"{failure.Message.TrimEnd('.')}. Stop what listens there, or listen elsewhere.", failure);
        }
    }

    private IEnumerable<Func<CancellationToken, Task>> Workers()
    {
        yield return new QueueWorker("CollectRun", QueueNames.CollectRun, receiver, services, log, time).RunAsync;
        yield return new QueueWorker(
            "EvaluateBudgets", QueueNames.EvaluateBudgets, receiver, services, log, time).RunAsync;
        yield return new QueueWorker("ExportReport", QueueNames.ExportReport, receiver, services, log, time).RunAsync;
        yield return new QueueWorker("ReconcileDay", QueueNames.ReconcileDay, receiver, services, log, time).RunAsync;
        yield return new HourlyTimer(PollMinute, Logged(BillingTimer.RunAsync), time).RunAsync;
        yield return new HourlyTimer(SweepMinute, Logged(SweepTimer.RunAsync), time, SweepDistance).RunAsync;
        yield return new HourlyTimer(BudgetMinute, Logged(BudgetTimer.RunAsync), time).RunAsync;
        if (options.Inbox is { } inbox)
            yield return new InboxWatcher(inbox, services, prices, log, time).RunAsync;
    }

    private Func<CancellationToken, Task> Logged(
        Func<LedgerServices, CancellationToken, Task<MessageResult>> timer) => async stopping =>
    {
        var result = await timer(services, stopping);
        if (!result.IsDone)
            log(result.Log);
    };
}
