using TokenLedger.Application.Configuration;
using TokenLedger.Application.Polling;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Application.Exporting;

/// <summary>Goes on with the reports of one enterprise, one question at a time.</summary>
/// <remarks>
/// How far it is stands in the checkpoint <c>export/{account}</c>. Killed anywhere, the next step does the same again;
/// a report whose id was not noted ends by itself at GitHub, and the next one waits for it.
/// </remarks>
internal sealed class ExportSteps(
    IReportSource reports, DueReports due, ReportFiles files, PollRefusals refusals, ExportBook book,
    TimeProvider time)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BusyWait = TimeSpan.FromMinutes(2);

    // A report takes minutes; what takes longer never ends.
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromHours(2);

    /// <summary>How far the enterprise's reports are.</summary>
    public Task<ExportMark> ReadAsync(SourceConfiguration source, CancellationToken cancellation) =>
        book.ReadAsync(source.Account, cancellation);

    /// <summary>Has a report made now.</summary>
    /// <returns>How long to wait, or what became of it.</returns>
    public async Task<(TimeSpan? Wait, ExportedReport? Ended)> StartAsync(
        SourceConfiguration source, ExportMark mark, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var (id, refusal) = await reports.StartAsync(source, mark.View, mark.From, mark.To, cancellation);
        if (id is not null)
            return await WaitAsync(source, mark with { Id = id, Since = now }, FirstWait, cancellation);
        if (refusal!.NeedsMending || now - (mark.Since ?? now) > GivenUpAfter)
            return await EndAsync(source, mark, refusal, cancellation);
        // Whoever was quicker may have noted a report meanwhile: that one goes on.
        return (await ReadAsync(source, cancellation)).Id is not null
            ? (null, null)
            : await WaitAsync(
                source, mark with { Since = mark.Since ?? now }, refusal.RetryAfter ?? BusyWait, cancellation);
    }

    /// <summary>Looks after the report that is being made.</summary>
    public async Task<(TimeSpan? Wait, ExportedReport? Ended)> GoOnAsync(
        SourceConfiguration source, ExportMark mark, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var (state, refusal) = await reports.FindAsync(source, mark.Id!, cancellation);
        if (state is { Status: ReportStatus.Failed })
            return await EndAsync(source, mark, Failed("GitHub could not make the report"), cancellation);
        if (state is { Status: ReportStatus.Completed, Addresses.Count: 0 })
        {
            return await EndAsync(
                source, mark, new ProviderRefusal(ProviderRefusal.NoRows, "The report has no rows.", null),
                cancellation);
        }

        if (state is { Status: ReportStatus.Completed })
        {
            refusal = await files.TakeAsync(source, mark, state.Addresses, mark.Since ?? now, cancellation);
            if (refusal is null)
                return await EndAsync(source, mark, null, cancellation);
        }

        if (refusal is { NeedsMending: true })
            return await EndAsync(source, mark, refusal, cancellation);
        if (now - (mark.Since ?? now) > GivenUpAfter)
        {
            return await EndAsync(
                source, mark, refusal ?? Failed("GitHub did not end making the report within two hours"),
                cancellation);
        }

        // An address that has run out is named anew by the next question.
        return await WaitAsync(source, mark, refusal?.RetryAfter ?? Wait, cancellation);
    }

    /// <summary>The next report that is due, ready to be started; null without one today.</summary>
    public async Task<ExportMark?> NextAsync(
        SourceConfiguration source, ExportMark mark, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        foreach (var view in reports.ViewsOf(source))
        {
            if (mark.DoneOn.GetValueOrDefault(view.ToString()) == today)
                continue;
            if (await DueAsync(source, view, now, cancellation) is { } range)
            {
                // Waiting for its turn goes on; another day begins a new wait.
                var since = mark.View == view && mark.StepAt is not null ? mark.Since : null;
                return mark with
                {
                    Id = null, View = view, From = range.From, To = range.To, IsExtra = false, Since = since,
                };
            }
        }

        return null;
    }

    /// <summary>The report of a part that somebody asks for, ready to be started.</summary>
    public async Task<ExportMark> ByHandAsync(
        SourceConfiguration source, ExportMark mark, (BillView View, DateOnly From, DateOnly To) part,
        CancellationToken cancellation) => mark with
    {
        View = part.View,
        From = part.From,
        To = part.To,
        IsExtra = await DueAsync(source, part.View, time.GetUtcNow(), cancellation) is not { } due
            || due.From < part.From || due.To > part.To,
    };

    /// <summary>Notes that nobody needs to go on.</summary>
    public Task RestAsync(SourceConfiguration source, ExportMark mark, CancellationToken cancellation) =>
        mark.StepAt is null ? Task.CompletedTask : StoreAsync(source, mark with { StepAt = null }, cancellation);

    private async Task<(TimeSpan? Wait, ExportedReport? Ended)> WaitAsync(
        SourceConfiguration source, ExportMark mark, TimeSpan wait, CancellationToken cancellation)
    {
        await StoreAsync(source, mark with { StepAt = time.GetUtcNow() + wait }, cancellation);
        return (wait, null);
    }

    private async Task<(TimeSpan? Wait, ExportedReport? Ended)> EndAsync(
        SourceConfiguration source, ExportMark mark, ProviderRefusal? refusal, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var key = new ViewKey(source.Account, mark.View);
        var last = mark.To.AddDays(-1);
        var isAnswered = refusal is null or { Code: ProviderRefusal.NoRows };
        var oldest = DateOnly.FromDateTime((now - PollPolicy.GivenUpAfterDayEnd).UtcDateTime);
        foreach (var old in (await refusals.ReadAsync(source.Account, cancellation))
            .Where(old => old.View == mark.View && old.Filter.Length == 0))
        {
            // A day that was not answered stays known, so that the next report begins with it.
            if (isAnswered && old.Day >= mark.From && old.Day < mark.To)
                await refusals.CloseAsync(key, old.Day, cancellation);
            else if (old.Day < oldest)
                await refusals.ForgetAsync(key, old.Day, cancellation);
        }

        if (refusal is { Code: ProviderRefusal.NoRows })
            await refusals.MarkAsync(key, last, refusal, now, cancellation);
        else if (refusal is not null)
            await refusals.AddAsync(key, last, refusal, now, cancellation);
        var done = new Dictionary<string, DateOnly>(mark.DoneOn, StringComparer.Ordinal);
        if (!mark.IsExtra)
            done[mark.View.ToString()] = DateOnly.FromDateTime(now.UtcDateTime);
        await StoreAsync(
            source, mark with { Id = null, IsExtra = false, Since = null, StepAt = null, DoneOn = done }, cancellation);
        return (null, new ExportedReport(source.Account, mark.View, mark.From, mark.To, refusal));
    }

    private async Task<(DateOnly From, DateOnly To)?> DueAsync(
        SourceConfiguration source, BillView view, DateTimeOffset now, CancellationToken cancellation) =>
        ExportRange.Of(
            await due.FindAsync(source.Account, view, now, cancellation), DateOnly.FromDateTime(now.UtcDateTime),
            reports.DaysMax);

    private Task StoreAsync(SourceConfiguration source, ExportMark mark, CancellationToken cancellation) =>
        book.StoreAsync(source.Account, mark, time.GetUtcNow(), cancellation);

    private static ProviderRefusal Failed(string what) => new(
        ProviderRefusal.Unavailable, what + ": another one is asked for tomorrow.", null);
}
