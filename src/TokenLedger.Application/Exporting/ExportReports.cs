using TokenLedger.Application.Configuration;
using TokenLedger.Application.Importing;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Polling;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Exporting;

/// <summary>Has GitHub make the reports that are due, at most one a day, view and enterprise, and keeps them.</summary>
/// <remarks>
/// A report takes minutes. Who waits is a message that is seen later; where one is lost, the hourly poll goes on.
/// </remarks>
public sealed class ExportReports
{
    // By then a message that was queued for a step has come.
    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(5);

    // Clocks of two machines, and of the queue's service, may differ by this much.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    // By hand: GitHub is done in minutes, and somebody watches.
    private static readonly TimeSpan PatienceMax = TimeSpan.FromMinutes(60);

    private static readonly ProviderRefusal NotInTime = new(
        ProviderRefusal.Unavailable,
        "The report was not made within the hour that is waited for: run the command again.", null);

    private readonly IReportSource reports;
    private readonly LedgerConfiguration configuration;
    private readonly IWorkQueue work;
    private readonly TimeProvider time;
    private readonly ExportSteps steps;

    /// <param name="reports">Who makes reports.</param>
    /// <param name="configuration">Whose.</param>
    /// <param name="storage">Where looks, marks, alerts and messages are.</param>
    /// <param name="take">Keeps a report.</param>
    /// <param name="queue">Told of the days that it shows.</param>
    /// <param name="time">The clock.</param>
    public ExportReports(
        IReportSource reports, LedgerConfiguration configuration, ILedgerStorage storage, TakeBill take,
        DayQueue queue, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(storage);
        (this.reports, this.configuration, this.time) = (reports, configuration, time);
        work = storage.Queue;
        steps = new ExportSteps(
            reports, new DueReports(storage.Store, storage.Days, new RefusalBook(storage.Checkpoints)),
            new ReportFiles(reports, take, new UnqueuedLooks(storage.Checkpoints, queue, time)),
            new PollRefusals(storage.Checkpoints, storage.Alerts), new ExportBook(storage.Checkpoints), time);
    }

    /// <summary>Begins what is due, and goes on where a message was lost: the hourly timer's part.</summary>
    public async Task BeginAsync(CancellationToken cancellation)
    {
        foreach (var source in SourcesToAsk())
        {
            var mark = await steps.ReadAsync(source, cancellation);
            if (mark.StepAt is { } at && at > time.GetUtcNow() - Overdue)
                continue;
            await StepAndQueueAsync(source, mark, cancellation);
        }
    }

    /// <summary>Goes on with an enterprise's reports: what a message asks for.</summary>
    public async Task GoOnAsync(string enterprise, CancellationToken cancellation)
    {
        var source = SourcesToAsk().FirstOrDefault(
            source => string.Equals(source.Enterprise, enterprise, StringComparison.OrdinalIgnoreCase));
        if (source is null)
            return;
        var mark = await steps.ReadAsync(source, cancellation);
        // A second message of the same step, or one that is late.
        if (mark.StepAt is not { } at || at > time.GetUtcNow() + ClockSkew)
            return;
        await StepAndQueueAsync(source, mark, cancellation);
    }

    /// <summary>Has reports made and waits for them, for somebody who watches.</summary>
    /// <param name="range">The UTC days, the last one exclusive; null for what is due.</param>
    /// <param name="progress">Told before each wait; null for nobody.</param>
    /// <param name="cancellation">Ends it; the next poll goes on.</param>
    public async Task<IReadOnlyList<ExportedReport>> ExecuteByHandAsync(
        (DateOnly From, DateOnly To)? range, IProgress<PollProgress>? progress, CancellationToken cancellation)
    {
        var ended = new List<ExportedReport>();
        var patienceEnds = time.GetUtcNow() + PatienceMax;
        foreach (var source in SourcesToAsk())
        {
            var wanted = new Queue<(BillView View, DateOnly From, DateOnly To)>(PartsOf(source, range));
            while (time.GetUtcNow() < patienceEnds)
            {
                var mark = await steps.ReadAsync(source, cancellation);
                var (wait, report) = (mark.Id, range) switch
                {
                    (not null, _) => await steps.GoOnAsync(source, mark, cancellation),
                    (null, null) when await steps.NextAsync(source, mark, cancellation) is { } next =>
                        await steps.StartAsync(source, next, cancellation),
                    (null, not null) when wanted.TryPeek(out var part) => await steps.StartAsync(
                        source, await steps.ByHandAsync(source, mark, part, cancellation), cancellation),
                    _ => (null, null),
                };
                if (report is not null)
                {
                    ended.Add(report);
                    if (wanted.TryPeek(out var part) && part == (report.View, report.From, report.To))
                        wanted.Dequeue();
                    continue;
                }

                // Another process may have begun one meanwhile: then it is waited for.
                if (wait is not { } length)
                {
                    if (wanted.Count == 0)
                        break;
                    length = Overdue;
                }

                progress?.Report(new PollProgress(
                    ended.Count, ended.Count + Math.Max(1, wanted.Count), time.GetUtcNow() + length));
                await Task.Delay(length, time, cancellation);
            }

            ended.AddRange(wanted.Select(part => new ExportedReport(
                source.Account, part.View, part.From, part.To, NotInTime)));
        }

        return ended;
    }

    /// <summary>Enterprises of which a report is being made or waited for.</summary>
    public async Task<IReadOnlyList<BillingAccount>> ReadUnfinishedAsync(CancellationToken cancellation)
    {
        var unfinished = new List<BillingAccount>();
        foreach (var source in SourcesToAsk())
        {
            if ((await steps.ReadAsync(source, cancellation)).StepAt is not null)
                unfinished.Add(source.Account);
        }

        return unfinished;
    }

    private async Task StepAndQueueAsync(
        SourceConfiguration source, ExportMark mark, CancellationToken cancellation)
    {
        // A report that ends makes room for the next view's.
        for (var turn = 0; turn <= reports.ViewsOf(source).Count; turn++)
        {
            var next = mark.Id is not null ? mark : await steps.NextAsync(source, mark, cancellation);
            if (next is null)
            {
                await steps.RestAsync(source, mark, cancellation);
                return;
            }

            var (wait, ended) = next.Id is not null
                ? await steps.GoOnAsync(source, next, cancellation)
                : await steps.StartAsync(source, next, cancellation);
            if (wait is { } length)
                await work.EnqueueAsync(new ExportReportMessage(source.Account.Name), length, cancellation);
            if (ended is null)
                return;
            mark = await steps.ReadAsync(source, cancellation);
        }
    }

    private IEnumerable<(BillView, DateOnly, DateOnly)> PartsOf(
        SourceConfiguration source, (DateOnly From, DateOnly To)? range)
    {
        if (range is not { } asked)
            yield break;
        foreach (var view in reports.ViewsOf(source))
        {
            for (var from = asked.From; from < asked.To; from = from.AddDays(reports.DaysMax))
            {
                var to = from.AddDays(reports.DaysMax);
                yield return (view, from, to < asked.To ? to : asked.To);
            }
        }
    }

    private IEnumerable<SourceConfiguration> SourcesToAsk() => PolledReports.Of(configuration, reports);
}
