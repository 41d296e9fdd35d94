using TokenLedger.Application.Alerts;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Budgets;
using TokenLedger.Storage.Sqlite;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Providers.Tests.Alerting;

public sealed class OverspendTests
{
    private static readonly string[] EachOnce = [AlertDesk.Title(50), AlertDesk.Title(80), AlertDesk.Title(100)];

    [Fact]
    public async Task Each_threshold_is_told_once_through_replay_dips_and_late_statuses()
    {
        await using var desk = await AlertDesk.StartAsync();

        foreach (var percent in new[] { 10m, 51m, 51m, 49m, 55m, 81m, 60m, 81m, 79m, 80m, 101m, 30m, 110m, 51m })
            await desk.TellAsync(AlertDesk.Status(percent));

        Assert.Equal(EachOnce, desk.Told);
        var issue = Assert.Single(desk.Issues.Issues);
        Assert.Equal(EachOnce[1..], AlertDesk.ToldBy(issue));
        Assert.Contains("reached 100 %", issue.Body);
        Assert.Equal(["tokenledger"], issue.Labels);
        Assert.Contains("2026-11-01 to 2026-11-30", issue.Title);
    }

    [Fact]
    public async Task Thresholds_that_are_crossed_at_once_are_one_message_that_names_the_highest()
    {
        await using var desk = await AlertDesk.StartAsync();

        await desk.TellAsync(AlertDesk.Status(99m));
        await desk.TellAsync(AlertDesk.Status(55m));

        Assert.Equal([AlertDesk.Title(80)], desk.Told);
        Assert.Empty(Assert.Single(desk.Issues.Issues).Comments);
    }

    [Fact]
    public async Task A_raised_limit_tells_nothing_until_the_next_threshold()
    {
        await using var desk = await AlertDesk.StartAsync();

        await desk.TellAsync(AlertDesk.Status(85m));
        await desk.TellAsync(AlertDesk.Status(42.5m, limitUsd: 200m));
        await desk.TellAsync(AlertDesk.Status(60m, limitUsd: 200m));
        Assert.Single(desk.Told);
        await desk.TellAsync(AlertDesk.Status(100m, limitUsd: 200m));

        Assert.Equal([AlertDesk.Title(80), AlertDesk.Title(100)], desk.Told);
    }

    [Fact]
    public async Task A_forecast_beyond_the_limit_is_told_once_a_period()
    {
        await using var desk = await AlertDesk.StartAsync();
        var status = AlertDesk.Status(10m);
        status = status with { Forecast = new(status.LimitNanoCredits, 0, status.LimitNanoCredits) };

        await desk.TellAsync(status);
        await desk.TellAsync(status with { Forecast = null });
        await desk.TellAsync(status);
        await desk.TellAsync(status with { From = status.To, To = status.To.AddMonths(1) });

        Assert.Equal(2, desk.Told.Count);
        Assert.All(desk.Told, told => Assert.Contains("expected to reach its limit", told));
        Assert.Equal(2, desk.Issues.Issues.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task In_whatever_order_statuses_come_what_is_told_only_climbs_and_ends_at_the_highest(int seed)
    {
        await using var desk = await AlertDesk.StartAsync();
        desk.HasIssueChannel = false;
        var dice = new Random(seed);
        var percents = Enumerable.Range(0, 30).Select(_ => (decimal)dice.Next(0, 130)).ToList();

        for (var at = 0; at < percents.Count; at += 3)
            await desk.TellAsync([.. percents.Skip(at).Take(3).Select(percent => AlertDesk.Status(percent))]);

        decimal[] thresholds = [50m, 80m, 100m];
        var highest = thresholds.Last(threshold => percents.Max() >= threshold);
        Assert.Equal(desk.Told.Distinct(), desk.Told);
        Assert.Equal(
            desk.Told.OrderBy(told => Array.FindIndex(thresholds, step => told == AlertDesk.Title((int)step))),
            desk.Told);
        Assert.Equal(AlertDesk.Title((int)highest), desk.Told[^1]);
    }

    /// <summary>The process ends before each call of a port in turn, and another one goes on.</summary>
    [Fact]
    public async Task Killed_before_any_call_nothing_is_lost_and_no_issue_or_comment_comes_twice()
    {
        var (kills, doubled) = (0, 0);
        for (var call = 0; ; call++)
        {
            await using var desk = await AlertDesk.StartAsync();
            await desk.TellAsync(AlertDesk.Status(51m));
            desk.Clock.Now += TimeSpan.FromMinutes(1);
            desk.Kill.Arm(call);
            try
            {
                await desk.TellAsync(AlertDesk.Status(81m));
                Assert.True(kills > 10, "every call was killed before");
                break;
            }
            catch (ProcessKilledException)
            {
                kills++;
            }

            desk.Kill.Arm(null);
            // The lease of the killed process is over.
            for (var run = 0; run < 3; run++)
            {
                desk.Clock.Now += TimeSpan.FromMinutes(4);
                await desk.TellAsync(AlertDesk.Status(81m), AlertDesk.Status(51m));
            }

            var issue = Assert.Single(desk.Issues.Issues);
            Assert.Equal([AlertDesk.Title(80)], AlertDesk.ToldBy(issue));
            Assert.Equal([AlertDesk.Title(50), AlertDesk.Title(80)], desk.Told.Distinct());
            Assert.InRange(desk.Webhook.Received.Count, 2, 3);
            doubled += desk.Webhook.Received.Count - 2;
            // Who can tell repetitions apart can leave them out.
            Assert.Equal(2, desk.Webhook.Received.Select(message => message.Key).Distinct().Count());
        }

        // Exactly the kill between sending and noting it: a webhook cannot be asked.
        Assert.Equal(1, doubled);
    }

    [Fact]
    public async Task Two_processes_at_once_send_one_message()
    {
        await using var desk = await AlertDesk.StartAsync();
        desk.HasIssueChannel = false;
        var gate = new TaskCompletionSource();
        desk.Webhook.BeginsAfter = gate.Task;

        var first = desk.TellAsync(AlertDesk.Status(51m));
        await desk.Webhook.Came.Task;
        var second = await desk.TellAsync(AlertDesk.Status(51m));
        gate.SetResult();

        Assert.Equal(1, (await first).Sent);
        Assert.Equal(0, second.Sent);
        await desk.SendAsync();
        Assert.Single(desk.Told);
    }

    [Fact]
    public async Task A_channel_that_is_down_for_an_hour_is_told_afterwards_and_once()
    {
        await using var desk = await AlertDesk.StartAsync();
        desk.Webhook.IsDown = true;
        await desk.TellAsync(AlertDesk.Status(51m));
        for (var minute = 0; minute < 60; minute += 5)
        {
            desk.Clock.Now += TimeSpan.FromMinutes(5);
            await desk.SendAsync();
        }

        Assert.Empty(desk.Told);
        Assert.Single(desk.Issues.Issues);
        desk.Webhook.IsDown = false;
        for (var hour = 0; hour < 6; hour++)
        {
            desk.Clock.Now += TimeSpan.FromHours(1);
            await desk.SendAsync();
        }

        Assert.Equal([AlertDesk.Title(50)], desk.Told);
        Assert.Empty(desk.Log.All);
    }

    [Fact]
    public async Task What_never_arrives_is_given_up_and_told_as_an_operational_alert_until_somebody_asks_again()
    {
        await using var desk = await AlertDesk.StartAsync();
        desk.HasIssueChannel = false;
        desk.Webhook.Status = 404;
        await desk.TellAsync(AlertDesk.Status(51m));
        for (var tries = 0; tries < 30; tries++)
        {
            desk.Clock.Now += TimeSpan.FromHours(6);
            await desk.SendAsync();
        }

        Assert.Equal(14, desk.Webhook.Requests);
        var alert = Assert.Single(desk.Log.All);
        Assert.Equal((Alert.AlertUndelivered, "hook", true), (alert.Kind, alert.Subject, alert.IsOpen));
        Assert.DoesNotContain(Testing.Webhooks.FakeWebhook.Secret, alert.Message);

        desk.Webhook.Status = 200;
        await desk.SendAsync();
        Assert.Empty(desk.Told);
        Assert.Equal(1, await new ReadOutbox(desk.Records, desk.Clock).ReopenAsync(AlertDesk.Token));
        await desk.SendAsync();
        Assert.Single(desk.Told);
        Assert.False(Assert.Single(desk.Log.All).IsOpen);
    }

    [Fact]
    public async Task Within_the_cool_down_a_warning_waits_and_the_limit_does_not()
    {
        await using var desk = await AlertDesk.StartAsync();
        desk.HasIssueChannel = false;
        desk.Cooldown = TimeSpan.FromMinutes(30);
        var forecast = AlertDesk.Status(51m);
        forecast = forecast with { Forecast = new(forecast.LimitNanoCredits, 0, forecast.LimitNanoCredits) };

        await desk.TellAsync(AlertDesk.Status(51m));
        await desk.TellAsync(AlertDesk.Status(81m), forecast);
        Assert.Single(desk.Told);
        await desk.TellAsync(AlertDesk.Status(101m));
        Assert.Equal([AlertDesk.Title(50), AlertDesk.Title(100)], desk.Told);
        for (var hour = 0; hour < 3; hour++)
        {
            desk.Clock.Now += TimeSpan.FromHours(1);
            await desk.SendAsync();
        }

        Assert.Equal(3, desk.Told.Count);
        Assert.Contains("expected", desk.Told[2]);
        var rows = await new ReadOutbox(desk.Records, desk.Clock).ExecuteAsync(AlertDesk.Token);
        var quiet = Assert.Single(rows, row => row.State == OutboxState.Suppressed);
        Assert.Equal(("threshold/80", "told by threshold/100"), (quiet.Event.Name, quiet.Note));
    }

    [Fact]
    public async Task What_is_acknowledged_before_it_was_sent_is_not_sent_and_no_lower_step_either()
    {
        await using var desk = await AlertDesk.StartAsync();
        desk.HasIssueChannel = false;
        desk.Webhook.IsDown = true;
        await desk.TellAsync(AlertDesk.Status(81m));
        var row = Assert.Single(await new ReadOutbox(desk.Records, desk.Clock).ExecuteAsync(AlertDesk.Token));

        var acknowledge = new AcknowledgeAlert(desk.Records, desk.Clock);
        Assert.Empty(await acknowledge.ExecuteAsync("000000000000", "mona", AlertDesk.Token));
        Assert.Single(await acknowledge.ExecuteAsync(row.Event.Id().ToUpperInvariant(), "mona", AlertDesk.Token));
        var again = Assert.Single(await acknowledge.ExecuteAsync(row.Event.Id(), "hubot", AlertDesk.Token));

        Assert.Equal("mona", again.AcknowledgedBy);
        desk.Webhook.IsDown = false;
        desk.Clock.Now += TimeSpan.FromHours(1);
        await desk.TellAsync(AlertDesk.Status(81m), AlertDesk.Status(55m));
        Assert.Empty(desk.Told);
        await desk.TellAsync(AlertDesk.Status(100m));
        Assert.Equal([AlertDesk.Title(100)], desk.Told);
    }

    [Fact]
    public async Task A_ledger_file_remembers_what_was_told()
    {
        await using var desk = await AlertDesk.StartAsync();
        var folder = Directory.CreateTempSubdirectory("tokenledger-alerts-");
        try
        {
            foreach (var percent in new[] { 51m, 85m, 51m, 101m, 101m })
            {
                await using var storage = new SqliteLedgerStorage(
                    Path.Combine(folder.FullName, "ledger.db"), desk.Clock);
                desk.Records = storage.Records;
                await desk.TellAsync(AlertDesk.Status(percent));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Assert.Equal(EachOnce, desk.Told);
        Assert.Equal(EachOnce[1..], AlertDesk.ToldBy(Assert.Single(desk.Issues.Issues)));
    }

    [Fact]
    public async Task A_rolling_budget_is_told_once_in_each_block_of_its_days()
    {
        await using var desk = await AlertDesk.StartAsync();
        desk.HasIssueChannel = false;
        var status = AlertDesk.Status(60m);
        status = status with { Budget = status.Budget with { Period = BudgetPeriodKind.Rolling, RollingDays = 7 } };

        for (var day = 0; day < 14; day++)
        {
            var today = new DateOnly(2026, 11, 19).AddDays(day);
            desk.Clock.Now = AlertDesk.Start.AddDays(day);
            await desk.TellAsync(status with { From = today.AddDays(-6), To = today.AddDays(1) });
        }

        Assert.InRange(desk.Told.Count, 2, 3);
    }
}
