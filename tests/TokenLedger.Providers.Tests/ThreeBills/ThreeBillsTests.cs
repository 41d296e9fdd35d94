using TokenLedger.Application.Explaining;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Gap;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Providers.Tests.ThreeBills;

/// <summary>A month on three bills over HTTP, polled until every day is closed.</summary>
public sealed class ThreeBillsTests(ITestOutputHelper output) : IAsyncLifetime
{
    // Anthropic and OpenAI close a day 35 days after it.
    private const int DaysUntilClosed = 40;

    private const decimal PlantedToleranceFraction = 0.01m;
    private const decimal InsideFractionMin = 0.9m;

    private readonly MonthOfThree month = new();
    private ThreeProviders providers = null!;
    private LedgerOfThree ledger = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        providers = new ThreeProviders(month);
        await providers.StartAsync(Token);
        ledger = new LedgerOfThree(providers);
    }

    public async ValueTask DisposeAsync()
    {
        ledger.Dispose();
        await providers.DisposeAsync();
    }

    [Fact]
    public async Task Every_day_closes_every_cent_is_there_and_the_gap_names_what_was_planted()
    {
        await LiveAsync();
        var period = await ledger.ReconcileAsync(Token);

        await AllDaysAreClosedAsync();
        TotalsAreTheFinalBills(period);
        TheGapNamesWhatWasPlanted(period);
        IntervalsHold(period);
        KeysAndCopilotAreApart(period);
    }

    private async Task LiveAsync()
    {
        var end = new DateTimeOffset(MonthOfThree.EndDay.AddDays(DaysUntilClosed), TimeOnly.MinValue, TimeSpan.Zero);
        var poll = 0;
        for (var now = ledger.Now; now < end; now = now.AddHours(6))
        {
            ledger.Now = now;
            // A run's log comes with the first poll of the next day.
            if (now.Hour == 1)
            {
                var yesterday = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-1);
                foreach (var use in month.Uses.Where(use => use.Day == yesterday && use.RunId is not null))
                    await ledger.TakeAsync(use, Token);
            }

            providers.ShowAt(now, poll++);
            await ledger.PollAsync(Token);
        }
    }

    private async Task AllDaysAreClosedAsync()
    {
        var heads = await ledger.Days.ReadAsync(null, MonthOfThree.FirstDay, MonthOfThree.EndDay, Token)
            .ToListAsync(Token);
        Assert.Equal(3 * 31, heads.Count);
        Assert.All(heads, head => Assert.Equal(
            (SettlementStatus.Closed, (SettlementReason?)null), (head.Settlement.Status, head.Settlement.Reason)));
        var revised = await ledger.Days.ReadRevisionsAsync(null, MonthOfThree.FirstDay, MonthOfThree.EndDay, Token)
            .ToListAsync(Token);
        foreach (var (channel, (day, _)) in MonthOfThree.Revised)
        {
            Assert.Contains(revised, head => head.Settlement.Day == day
                && head.Totals.BilledGrossNanoCredits < providers.FinalNanoCredits(channel, day)
                && ChannelOf(head.Settlement.Account) == channel);
        }
    }

    private void TotalsAreTheFinalBills(PeriodReconciliation period)
    {
        foreach (var day in period.Days)
        {
            var billed = day.Charges
                .Where(row => row.Role == ChargeRole.Basis && row.Charge.Family != SkuFamily.ActionsMinutes)
                .Sum(row => row.Charge.GrossNanoCredits);
            Assert.Equal(providers.FinalNanoCredits(ChannelOf(day.Account), day.Day), billed);
            Assert.Equal(
                billed,
                day.Shares.Sum(share => share.GrossNanoCredits) + day.Unallocated.Sum(part => part.GrossNanoCredits));
        }
    }

    private void TheGapNamesWhatWasPlanted(PeriodReconciliation period)
    {
        var cells = PeriodGap.Of(period);
        decimal Told(Channel channel, GapPart part, Func<GapCell, bool>? where = null) => cells
            .Where(cell => cell.Model?.Channel == channel && (where is null || where(cell)))
            .SelectMany(cell => cell.Amounts)
            .Where(amount => amount.Part == part)
            .Sum(amount => amount.AiCredits);
        var runs = month.Uses.Where(use => use.RunId is not null).ToList();
        var lost = runs
            .Where(use => use.Channel == Channel.Anthropic && use.Day != MonthOfThree.BareDay)
            .Sum(use => use.BookedAiCredits(TokenKind.CacheWrite5m));
        var cheaper = -runs
            .Where(use => use.Channel == Channel.OpenAI && use.Day >= MonthOfThree.UnbookedPriceFrom)
            .Sum(use => use.Tokens.Output / 1_000_000m * (20m - MonthOfThree.PaidOutputUsd) * 100m);
        var bare = runs.Single(use => !use.IsLogged);
        var unseen = TokenCounts.Kinds.Sum(bare.BookedAiCredits);
        var people = month.Uses.Where(use => use.RunId is null).ToList();

        IsPlanted("lost cache writes", lost, Told(Channel.Anthropic, GapPart.TokenKind));
        IsPlanted("an unbooked price", cheaper, Told(Channel.OpenAI, GapPart.Price));
        IsPlanted("a run without a log", unseen, Told(Channel.Anthropic, GapPart.Coverage));
        // A run without a log could have spent where people do: on its day the two are one figure.
        foreach (var channel in (Channel[])[Channel.Anthropic, Channel.OpenAI])
        {
            var separable = people.Where(use => use.Channel == channel
                && (channel == Channel.OpenAI || use.Day != MonthOfThree.BareDay));
            IsPlanted(
                $"people on {channel.ToString()}", separable.Sum(use => TokenCounts.Kinds.Sum(use.PaidUsd)) * 100m,
                Told(channel, GapPart.OtherUsage));
        }

        // That day both a run and the proxy may have lost cache writes.
        Assert.Equal(0, Told(Channel.Anthropic, GapPart.NotSeparable, cell => cell.Day != MonthOfThree.BareDay));
        Assert.Equal(0, Told(Channel.OpenAI, GapPart.NotSeparable));
        Assert.Equal(0, Told(Channel.Anthropic, GapPart.Unexplained) + Told(Channel.OpenAI, GapPart.Unexplained));
    }

    private void IsPlanted(string cause, decimal planted, decimal told)
    {
        output.WriteLine(FormattableString.Invariant($"{cause}: planted {planted:0.000}, told {told:0.000} AI credits"));
        Assert.InRange(Math.Abs(told - planted), 0, Math.Abs(planted) * PlantedToleranceFraction);
    }

    private void IntervalsHold(PeriodReconciliation period)
    {
        var tests = CalibrationBacktest.Of(
            period.CalibrationPoints, period.Settlements, MonthOfThree.FirstDay, MonthOfThree.EndDay,
            CalibrationBook.DaysBack);
        foreach (var test in tests)
        {
            output.WriteLine(FormattableString.Invariant(
                $"{test.Account.Key} {test.Model}: {test.DaysInside} of {test.Days} days inside, p95 error {test.P95ErrorFraction:P1}"));
        }

        Assert.Equal(3, tests.Count);
        Assert.All(tests, test => Assert.InRange(test.Days, 15, 31));
        var inside = (decimal)tests.Sum(test => test.DaysInside) / tests.Sum(test => test.Days);
        Assert.InRange(inside, InsideFractionMin, 1m);
    }

    private static Channel ChannelOf(BillingAccount account) =>
        account.Source == BillingAccount.GitHub ? Channel.Copilot : Channel.FromProvider(account.Source);

    private static void KeysAndCopilotAreApart(PeriodReconciliation period) => Assert.All(
        period.Days.SelectMany(day => day.Shares),
        share => Assert.Equal(share.Charge.Channel, share.Slice.Channel));
}
