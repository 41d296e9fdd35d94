using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Charges;
using TokenLedger.Testing.InMemory;
using TokenLedger.Testing.Worlds.Checks;
using TokenLedger.Testing.Worlds.Product;
using TokenLedger.Testing.Worlds.Usage;

namespace TokenLedger.Testing.Worlds.Simulation;

/// <summary>Lets a world pass hour by hour until the bills of all its days are closed or given up.</summary>
public sealed class WorldSimulation
{
    // The timer comes a few minutes after the hour, and messages wait for a while.
    private static readonly TimeSpan TimerMinute = TimeSpan.FromMinutes(7);
    private static readonly TimeSpan MessagesAfter = TimeSpan.FromMinutes(1);
    // The product gives a day up 62 days after its end.
    private const int PatienceDays = 64;
    private readonly World world;
    private readonly bool isEveryHour;
    private readonly TestClock clock;
    private readonly WorldJournal journal;
    private readonly LedgerUnderTest product;
    private readonly ImportCalendar imports;
    private readonly Queue<(DateTimeOffset At, WorldRun Run)> news;
    private readonly Dictionary<(BillingAccount, DateOnly), List<HeadSeen>> heads = [];
    private readonly List<string> faults = [];
    // A look is due a day or a week after another one, at six of the next day, or when a refusal is over: a poll at
    // another hour asks nothing.
    private readonly HashSet<DateTimeOffset> pollHours = [];

    private WorldSimulation(World world, ProductStorage storage, Tampering tampering, bool isEveryHour)
    {
        this.world = world;
        this.isEveryHour = isEveryHour;
        clock = new TestClock(WorldPlan.StartOf(world.Plan.FirstDay) + TimerMinute);
        journal = new WorldJournal(world.Coverage);
        product = new LedgerUnderTest(
            world, new WorldBillingSource(world, journal, clock), storage, clock, tampering);
        imports = new ImportCalendar(world, journal);
        news = new Queue<(DateTimeOffset, WorldRun)>(world.Activity.Runs
            .SelectMany(run => run.TelemetryAt - run.KnownAt > TimeSpan.FromHours(1)
                ? new[] { (run.KnownAt, run), (run.TelemetryAt, run) }
                : [(run.TelemetryAt, run)])
            .OrderBy(item => item.Item1));
    }

    /// <summary>Lives through a world.</summary>
    /// <param name="world">The world; made for this call, because it also counts what happens.</param>
    /// <param name="storage">Where the product keeps what it knows; null for memory.</param>
    /// <param name="tampering">How the product is broken; null for not at all.</param>
    /// <param name="isEveryHour">Whether hours in which nothing can be due pass one by one as well.</param>
    public static async Task<SimulationOutcome> RunAsync(
        World world, ProductStorage? storage = null, Tampering? tampering = null, bool isEveryHour = false)
    {
        var simulation = new WorldSimulation(
            world, storage ?? ProductStorage.InMemory(), tampering ?? Tampering.None, isEveryHour);
        await simulation.LiveAsync();
        return await simulation.EndAsync();
    }

    private async Task LiveAsync()
    {
        var patience = WorldPlan.StartOf(world.Plan.End).AddDays(PatienceDays);
        while (clock.Now < patience && !IsOver())
        {
            var hour = clock.Now;
            while (news.TryPeek(out var next) && next.At <= hour)
            {
                await product.TakeRunAsync(news.Dequeue().Run);
                // A day that is now known to be used may be one to ask for.
                pollHours.UnionWith([hour, hour.AddHours(1)]);
            }

            await imports.ImportDueAsync(product, hour);
            if (IsPollHour(hour))
                await PollAsync(hour);
            clock.Now = hour + MessagesAfter;
            foreach (var day in await product.HandleMessagesAsync())
                await ReadHeadsAsync(day);
            // Also what nobody has touched: it must still be as it was read before.
            if (hour is { Hour: 6, DayOfWeek: DayOfWeek.Monday })
                await ReadAllHeadsAsync();
            clock.Now = NextHour(hour);
        }
    }

    private async Task PollAsync(DateTimeOffset hour)
    {
        pollHours.Remove(hour);
        var polled = await product.PollAsync();
        // What is left; or a day has closed and taught how late bills are, and others are asked for more often.
        if (polled.DaysLeft > 0 || polled.Days.Count > 0)
            pollHours.Add(hour.AddHours(1));
        foreach (var day in polled.Days)
        {
            // After a refusal a day is asked for within an hour, at the time that was said, or after a day; others may have
            // waited for it.
            if (day.Refusal is { } refusal)
            {
                var hours = Math.Max(25, (int)(refusal.RetryAfter ?? default).TotalHours + 1);
                pollHours.UnionWith(Enumerable.Range(1, hours).Select(later => hour.AddHours(later)));
            }
            else
                pollHours.UnionWith([hour.AddDays(1), hour.AddDays(7)]);
        }
    }

    private bool IsPollHour(DateTimeOffset hour) => isEveryHour || hour.Hour == 6 || pollHours.Contains(hour);

    private DateTimeOffset NextHour(DateTimeOffset hour)
    {
        var next = hour.AddHours(1);
        while (!IsPollHour(next) && !(news.TryPeek(out var item) && item.At <= next) && !(imports.NextAt <= next))
            next = next.AddHours(1);
        return next;
    }

    private bool IsOver() => news.Count == 0
        && imports.IsDone
        && clock.Now > world.Faults.EndsAt
        && clock.Now > WorldPlan.ClosesAt(world.Plan.End.AddDays(-1))
        && product.Configuration.Sources.All(source => world.Plan.EachDay.All(day => ClosingRule.IsClosed(
            journal.LooksAt(source.Account, day, ClosingRule.Polled), clock.Now,
            heads.GetValueOrDefault((source.Account, day))?[^1].Head)));

    private async Task ReadAllHeadsAsync()
    {
        foreach (var day in heads.Keys.Select(key => key.Item2).Distinct().ToList())
            await ReadHeadsAsync(day);
    }

    private async Task ReadHeadsAsync(DateOnly day)
    {
        var read = await product.Days.ReadAsync(null, day, day.AddDays(1), CancellationToken.None).ToListAsync();
        foreach (var head in read)
        {
            var key = (head.Settlement.Account, day);
            if (!heads.TryGetValue(key, out var seen))
                heads[key] = seen = [];
            faults.AddRange(HeadChecks.FaultsOf(head, seen.Count == 0 ? null : seen[^1].Head, journal, clock.Now));
            if (seen.Count == 0 || seen[^1].Head.Revision != head.Revision)
                seen.Add(new HeadSeen(clock.Now, head));
        }

        faults.AddRange(HeadChecks.FaultsOf(world, read));
    }

    private async Task<SimulationOutcome> EndAsync()
    {
        await ReadAllHeadsAsync();
        return new SimulationOutcome
        {
            World = world,
            Journal = journal,
            Product = product,
            Heads = heads,
            EndedAt = clock.Now,
            FaultsOnTheWay = faults,
            Period = await product.Period.ExecuteAsync(
                ReconciliationScope.WholeLedger, world.Plan.FirstDay, world.Plan.End, clock.Now, CancellationToken.None)
                ?? throw new InvalidOperationException("The ledger holds neither runs nor a bill."),
        };
    }
}
