using TokenLedger.Application.Configuration;
using TokenLedger.Application.Days;
using TokenLedger.Application.Reconciling;
using TokenLedger.Application.Settlements;
using TokenLedger.Domain.Charges;
using TokenLedger.Ingestion.Billing;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Tests.Reconciling;

/// <summary>A day through the weeks: seen, settled, corrected, split anew, closed, and told as it was.</summary>
public sealed class RevisionTests : IAsyncDisposable
{
    private const string Header = "date,product,sku,model,quantity,unit_type,applied_cost_per_quantity,gross_amount,"
        + "discount_amount,net_amount,username,organization,repository\n";

    private static readonly RunIdentity Run = new("github.com", "acme", "web", 4711, 1);
    private static readonly BillingAccount Acme = new("github", BillingAccountKind.Organization, "acme");
    private static readonly ReconciliationScope Scope = new(ScopeKind.Organization, "acme");

    private readonly Workplace place = new();
    private int looks;

    public ValueTask DisposeAsync() => place.DisposeAsync();

    [Fact]
    public async Task Each_change_after_settling_is_one_correction_or_one_reallocation()
    {
        await place.AddRunAsync(Run, 10_000, 20_000);
        await place.UpdateRun.ExecuteAsync(Run, Workplace.Token);
        await LookAsync("2026-11-04T06:00Z", 20);
        await LookAsync("2026-11-07T06:00Z", 30);
        await LookAsync("2026-11-08T06:00Z", 30);
        await LookAsync("2026-11-15T06:00Z", 30);
        await LookAsync("2026-11-22T06:00Z", 28);
        await LookAsync("2026-11-29T06:00Z", 28);
        var late = Run with { RunId = 4712 };
        await place.AddRunAsync(late, 5_000);
        await place.UpdateRun.ExecuteAsync(late, Workplace.Token);
        await ReconcileAsync("2026-11-30T06:00Z");
        await LookAsync("2026-12-06T06:00Z", 28);

        Assert.Equal(
            [
                "1 Initial Provisional", "2 Update Provisional", "3 Confirmation Settled", "4 Confirmation Settled",
                "5 Correction Provisional", "6 Confirmation Settled", "7 Reallocation Settled", "8 Confirmation Closed",
            ],
            (await RevisionsAsync()).Select(head => $"{head.Revision} {head.Change.Kind} {head.Settlement.Status}"));
        Assert.All((await RevisionsAsync()).Skip(2), head => Assert.Equal(At("2026-11-08T06:00Z"), head.Change.SettledAt));
    }

    [Fact]
    public async Task A_reader_is_told_every_change_after_settling_with_both_figures()
    {
        await place.AddRunAsync(Run, 10_000, 20_000);
        await place.UpdateRun.ExecuteAsync(Run, Workplace.Token);
        await LookAsync("2026-11-07T06:00Z", 30);
        await LookAsync("2026-11-08T06:00Z", 30);
        await LookAsync("2026-11-22T06:00Z", 28.5m);

        var period = (await new ReconcilePeriod(place.Store, place.Days, Workplace.Prices, place.Configuration)
            .ExecuteAsync(Scope, Workplace.Day, Workplace.Day.AddDays(1), place.Clock.GetUtcNow(), Workplace.Token))!;

        var notice = Assert.Single(period.Notices, notice => notice.Code == "changed-after-settled");
        Assert.Equal(
            "2026-11-03 github:organization:acme: settled 2026-11-08 06:00, then on 2026-11-22 06:00 the bill was "
            + "corrected from 30 to 28.5 AI credits.",
            notice.Message);
    }

    [Fact]
    public async Task What_was_recorded_by_a_time_is_told_again_whatever_came_later()
    {
        await place.AddRunAsync(Run, 10_000, 20_000);
        await place.UpdateRun.ExecuteAsync(Run, Workplace.Token);
        await LookAsync("2026-11-04T06:00Z", 20);
        var early = await RecordedAsync("2026-11-05T00:00Z");
        await LookAsync("2026-11-07T06:00Z", 30);
        await LookAsync("2026-11-08T06:00Z", 30);
        var late = Run with { RunId = 4712 };
        await place.AddRunAsync(late, 5_000);
        await place.UpdateRun.ExecuteAsync(late, Workplace.Token);
        await ReconcileAsync("2026-11-30T06:00Z");

        Assert.Equal(20_000_000_000, Assert.Single(early!.Days).Head.Totals.BilledGrossNanoCredits);
        Assert.Equal(early.Days[0].Head, Assert.Single((await RecordedAsync("2026-11-05T00:00Z"))!.Days).Head);
        Assert.Equal(early.Days[0].Shares, Assert.Single((await RecordedAsync("2026-11-05T00:00Z"))!.Days).Shares);
        Assert.Equal(3, Assert.Single((await RecordedAsync("2026-11-09T00:00Z"))!.Days).Head.Revision);
        Assert.Equal(4, Assert.Single((await RecordedAsync("2026-12-09T00:00Z"))!.Days).Head.Revision);
        // Exclusive: what was recorded at that very time does not count.
        Assert.Empty((await RecordedAsync("2026-11-04T06:00Z"))!.Days);
    }

    [Fact]
    public async Task A_bill_that_is_asked_for_and_cannot_be_read_closes_as_unreachable()
    {
        place.Configuration = new LedgerConfiguration
        {
            Sources = [new SourceConfiguration
            {
                Name = "acme", Kind = "github", Organization = "acme", Token = new Secret("t0ken"),
            }],
        };
        await place.AddRunAsync(Run, 10_000);
        await place.UpdateRun.ExecuteAsync(Run, Workplace.Token);
        await ReconcileAsync("2026-12-01T06:00Z");
        await ReconcileAsync("2027-01-05T00:00Z");

        Assert.Equal(
            // That the bill had not been seen before is nothing to tell again.
            ["Closed Unreachable"],
            (await RevisionsAsync()).Select(head => $"{head.Settlement.Status} {head.Settlement.Reason}"));
    }

    private async Task LookAsync(string at, decimal credits)
    {
        place.Clock.Now = At(at);
        await place.ImportAsync(
            // The same bytes again would be the same file, and no look.
            FormattableString.Invariant(
                $"{Header}{new string('\n', ++looks)}2026-11-03,copilot,copilot_ai_credit,GPT-5 mini,{credits},ai-credits,0.01,{credits / 100},0,{credits / 100},,acme,\n"),
            new BillHints { Organization = "acme" });
        await place.ReconcileDay.ExecuteAsync(Workplace.Day, Workplace.Token);
    }

    private Task<int> ReconcileAsync(string at)
    {
        place.Clock.Now = At(at);
        return place.ReconcileDay.ExecuteAsync(Workplace.Day, Workplace.Token);
    }

    private async Task<List<DayHead>> RevisionsAsync() => await place.Days
        .ReadRevisionsAsync(Acme, Workplace.Day, Workplace.Day.AddDays(1), Workplace.Token)
        .ToListAsync(Workplace.Token);

    private Task<RecordedPeriod?> RecordedAsync(string before) =>
        new ReadRecordedPeriod(place.Store, place.Days, place.Configuration).ExecuteAsync(
            Scope, Workplace.Day, Workplace.Day.AddDays(1), At(before), Workplace.Token);

    private static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
