using System.Globalization;
using System.Text;
using TokenLedger.Domain.Charges;
using TokenLedger.Testing.GitHub.Billing;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Providers.Tests.Exporting;

public sealed class ExportReportsTests : IAsyncLifetime
{
    private static readonly DateOnly Yesterday = new(2026, 11, 18);

    private ExportWorld world = null!;

    private FakeReports Fake => world.GitHub.Reports;

    public async ValueTask InitializeAsync()
    {
        world = await ExportWorld.StartAsync();
        world.GitHub.Bills.Add(ExportWorld.Enterprise, Charge(Yesterday, 100), Charge(Yesterday, 7, "alice"));
    }

    public async ValueTask DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task A_report_is_made_waited_for_by_messages_and_kept_as_a_look_at_its_days()
    {
        Fake.LooksUntilMade = 3;
        var askedAt = world.Clock.Now;

        var messages = await world.WorkAsync();

        Assert.Equal(4, messages);
        var look = Assert.Single(await world.LooksAsync());
        Assert.Equal(
            (BillView.AiCreditReport, Yesterday, "", askedAt, 107_000_000_000L),
            (look.View, look.Day, look.Filter, look.ObservedAt, look.GrossNanoCredits));
        Assert.Equal(1, await world.QueuedDaysAsync());
        Assert.Equal(("ai_credit", "2026-11-18", "2026-11-18"), Assert.Single(Fake.Asked));
        Assert.Empty(await world.RefusalsAsync());
    }

    [Fact]
    public async Task A_report_is_made_once_a_day_and_an_equal_one_of_the_next_day_is_a_second_look()
    {
        await world.WorkAsync();
        await world.WorkAsync();
        Assert.Single(Fake.Asked);

        world.Clock.Now = new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);
        await world.WorkAsync();

        Assert.Equal(2, Fake.Asked.Count);
        var looks = (await world.LooksAsync()).Where(look => look.Day == Yesterday).ToList();
        Assert.Equal(2, looks.Count);
        Assert.Single(looks.Select(look => look.ContentHash).Distinct());
    }

    [Fact]
    public async Task Both_reports_are_asked_for_one_after_the_other()
    {
        world.Source = world.Source with { Views = [] };

        await world.WorkAsync();

        Assert.Equal(["ai_credit", "detailed"], Fake.Asked.Select(asked => asked.Type));
        Assert.Equal(
            [BillView.AiCreditReport, BillView.DetailedReport], (await world.LooksAsync()).Select(look => look.View));
    }

    [Fact]
    public async Task No_token_goes_to_where_the_files_are_and_no_signature_is_kept()
    {
        await world.WorkAsync();

        Assert.Single(world.GitHub.Downloads.Requests);
        Assert.False(world.GitHub.Downloads.SawAuthorization);
        foreach (var file in Directory.GetFiles(world.Folder, "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            var text = file + await reader.ReadToEndAsync(ExportWorld.Token);
            Assert.DoesNotContain("onlyTheFakeOneKnows", text);
            Assert.DoesNotContain(world.GitHub.Token, text);
        }
    }

    [Fact]
    public async Task Somebody_elses_report_is_waited_for()
    {
        Fake.IsBusy = true;
        await world.Reports().BeginAsync(ExportWorld.Token);
        Fake.IsBusy = false;

        await world.WorkAsync();

        Assert.Single(await world.LooksAsync());
    }

    [Theory]
    [InlineData("fails", "unavailable", "could not make")]
    [InlineData("never ends", "unavailable", "two hours")]
    [InlineData("is busy", "busy", "one at a time")]
    public async Task A_report_that_is_not_made_is_remembered_with_its_cause_and_asked_for_the_next_day(
        string how, string code, string text)
    {
        (Fake.Fails, Fake.NeverEnds, Fake.IsBusy) = (how == "fails", how == "never ends", how == "is busy");

        await world.WorkAsync();

        var refusal = Assert.Single(await world.RefusalsAsync());
        Assert.Equal((BillView.AiCreditReport, Yesterday, code), (refusal.View, refusal.Day, refusal.Code));
        Assert.Contains(text, refusal.Message);
        Assert.Contains(await world.AlertsAsync(), alert => alert.IsOpen && alert.Subject.Contains("reports/ai_credit"));
        var asked = Fake.Asked.Count;
        await world.WorkAsync();
        Assert.Equal(asked, Fake.Asked.Count);

        (Fake.Fails, Fake.NeverEnds, Fake.IsBusy) = (false, false, false);
        world.Clock.Now = new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);
        Fake.Forget();
        await world.WorkAsync();
        Assert.Empty(await world.RefusalsAsync());
        Assert.DoesNotContain(await world.AlertsAsync(), alert => alert.IsOpen);
        Assert.Equal(Yesterday, Assert.Single(await world.LooksAsync()).Day);
    }

    [Fact]
    public async Task A_report_without_rows_is_no_trouble_and_is_remembered()
    {
        world.GitHub.Bills.Clear(ExportWorld.Enterprise, Yesterday);

        await world.WorkAsync();

        Assert.Equal("no-rows", Assert.Single(await world.RefusalsAsync()).Code);
        Assert.Empty(await world.AlertsAsync());
        Assert.Empty(await world.LooksAsync());
    }

    [Theory]
    [InlineData(401, "unauthorized")]
    [InlineData(403, "forbidden")]
    [InlineData(404, "not-found")]
    public async Task A_refused_report_is_asked_for_again_the_next_day(int status, string code)
    {
        world.GitHub.Misbehave(new ProviderFault { Path = "/reports", Status = status, Body = "{}" });

        Assert.Equal(0, await world.WorkAsync());
        await world.WorkAsync();

        Assert.Equal(code, Assert.Single(await world.RefusalsAsync()).Code);
        Assert.Single(world.GitHub.Requests);
    }

    [Fact]
    public async Task A_limit_a_failing_server_and_an_address_that_has_run_out_are_waited_for()
    {
        world.GitHub.Misbehave(
            new ProviderFault
            {
                Path = "/reports", Status = 429, Body = "{}", Headers = { ["Retry-After"] = "90" }, Times = 1,
            },
            new ProviderFault { Path = "/reports/", Status = 500, Body = "", Times = 1 });
        world.GitHub.Downloads.ExpireNext(1);

        await world.WorkAsync();

        Assert.Single(await world.LooksAsync());
        Assert.Equal(2, world.GitHub.Downloads.Requests.Count);
    }

    [Fact]
    public async Task The_columns_received_decide_the_view_whatever_was_asked_for()
    {
        Fake.ReceivedType = "detailed";

        await world.WorkAsync();

        Assert.Equal(BillView.DetailedReport, Assert.Single(await world.LooksAsync()).View);
        Assert.Contains("another report", Assert.Single(await world.RefusalsAsync()).Message);
    }

    [Fact]
    public async Task A_report_in_several_files_is_one_look()
    {
        Fake.Files = 2;

        await world.WorkAsync();

        Assert.Equal(2, world.GitHub.Downloads.Requests.Count);
        Assert.Equal(107_000_000_000, Assert.Single(await world.LooksAsync()).GrossNanoCredits);
    }

    [Fact]
    public async Task A_message_that_comes_twice_or_early_asks_nothing()
    {
        await world.Reports().BeginAsync(ExportWorld.Token);
        var before = world.GitHub.Requests.Count;

        await world.Reports().GoOnAsync("acme-inc", ExportWorld.Token);
        await world.Reports().GoOnAsync("nobody", ExportWorld.Token);
        await world.Reports().BeginAsync(ExportWorld.Token);

        Assert.Equal(before, world.GitHub.Requests.Count);
    }

    [Fact]
    public async Task Where_a_message_was_lost_the_hourly_poll_goes_on()
    {
        await world.Reports().BeginAsync(ExportWorld.Token);
        world.Clock.Now += TimeSpan.FromHours(1);

        await world.Reports().BeginAsync(ExportWorld.Token);
        world.Clock.Now += TimeSpan.FromHours(1);
        await world.Reports().BeginAsync(ExportWorld.Token);

        Assert.Single(await world.LooksAsync());
        Assert.Single(Fake.Asked);
    }

    [Fact]
    public async Task By_hand_a_period_is_exported_in_reports_of_31_days_whether_due_or_not()
    {
        world.GitHub.Bills.Add(ExportWorld.Enterprise, Charge(new(2026, 9, 3), 5));

        var ended = await world.Reports().ExecuteByHandAsync(
            (new DateOnly(2026, 9, 1), new DateOnly(2026, 10, 10)), null, ExportWorld.Token);

        Assert.Equal(
            [("2026-09-01", "2026-10-01"), ("2026-10-02", "2026-10-09")], Fake.Asked.Select(asked => (asked.From, asked.To)));
        Assert.Equal([null, "no-rows"], ended.Select(report => report.Refusal?.Code));
        Assert.Single(await world.LooksAsync());
    }

    [Theory]
    [InlineData("2026-09-01", "2026-10-01", 2)]
    [InlineData("2026-11-18", "2026-11-19", 2)]
    [InlineData("2026-11-01", "2026-11-19", 1)]
    public async Task By_hand_a_report_is_the_days_own_only_where_it_holds_all_that_is_due(
        string from, string to, int asked)
    {
        world.GitHub.Bills.Add(ExportWorld.Enterprise, Charge(new(2026, 11, 3), 5));
        await world.SeeAsync(new(2026, 11, 17));
        (DateOnly From, DateOnly To) range = (Day(from), Day(to));

        await world.Reports().ExecuteByHandAsync(range, null, ExportWorld.Token);
        await world.WorkAsync();
        await world.WorkAsync();

        Assert.Equal(asked, Fake.Asked.Count);
        Assert.Contains(await world.LooksAsync(), look => look.Day == Yesterday);
    }

    [Fact]
    public async Task By_hand_what_is_due_is_exported_and_waited_for()
    {
        Fake.LooksUntilMade = 4;

        Assert.Null(Assert.Single(await world.Reports().ExecuteByHandAsync(null, null, ExportWorld.Token)).Refusal);
        Assert.Empty(await world.Reports().ReadUnfinishedAsync(ExportWorld.Token));
    }

    [Fact]
    public async Task By_hand_nobody_waits_for_ever()
    {
        Fake.NeverEnds = true;

        Assert.Empty(await world.Reports().ExecuteByHandAsync(null, null, ExportWorld.Token));
        Assert.Single(await world.Reports().ReadUnfinishedAsync(ExportWorld.Token));
    }

    [Fact]
    public async Task A_source_of_one_cost_centre_or_without_an_enterprise_has_no_reports()
    {
        world.Source = world.Source with { CostCenter = "Platform" };
        await world.WorkAsync();
        world.Source = world.Source with { CostCenter = null, Enterprise = null, Organization = "acme" };
        await world.WorkAsync();

        Assert.Empty(world.GitHub.Requests);
    }

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);

    private static FakeCharge Charge(DateOnly day, decimal credits, string? user = null) =>
        FakeCharge.AiCredits(day, "Claude Sonnet 5", credits) with { Organization = "acme", User = user };
}
