using System.Globalization;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Tests.Sessions;

namespace TokenLedger.Ingestion.Tests.Turns;

public sealed class TurnLinkTests
{
    private const string Session = "copilot-session-state/s/events.jsonl";
    private const string Log = "token-usage.jsonl";

    private static string Event(string type, string time, string data = "") =>
        $$"""{"type":"{{type}}","timestamp":"2026-10-09T05:00:{{time}}Z","data":{""" + data + "}}";

    private static string Request(string id, string time) => RunFiles.Usage(
        id, "claude-sonnet-5", "/v1/messages", (10, 20, 0, 0), time: $"2026-10-09T05:00:{time}Z");

    private static RunFiles TwoTurns() => new RunFiles().Add(
        Session,
        Event("user.message", "01.000"), Event("assistant.message", "05.000", "\"messageId\":\"m-1\""),
        Event("tool.execution_complete", "05.010"), Event("assistant.message", "09.000", "\"messageId\":\"m-2\""));

    [Theory]
    // The proxy wrote its record a little after the agent had run its tool: 100 ms of request, 40 of them too late.
    [InlineData("05.050", 1)]
    [InlineData("05.120", 2)]
    public void A_few_milliseconds_between_two_writers_decide_nothing(string time, int expected)
    {
        var linked = Assert.Single(
            TurnFold.Of(TwoTurns().Add(Log, Request("r-1", time))), turn => turn.Slices.Count > 0);
        Assert.Equal((TurnLink.Time, expected), (linked.Link, linked.Turn?.Number));
    }

    [Theory]
    [InlineData("00.500")]
    [InlineData("30.000")]
    public void A_request_outside_the_session_is_in_no_turn(string time)
    {
        var linked = Assert.Single(
            TurnFold.Of(TwoTurns().Add(Log, Request("r-1", time))), turn => turn.Slices.Count > 0);
        Assert.Equal((TurnLink.Unlinked, null), (linked.Link, linked.Turn));
    }

    [Fact]
    public void A_turn_is_as_sure_as_its_least_sure_request()
    {
        var files = new RunFiles()
            .Add(Session,
                Event("user.message", "01.000"), Event("assistant.message", "05.000", "\"apiCallId\":\"r-1\""))
            .Add(Log, Request("r-1", "05.000"), Request("r-2", "04.000"));
        var turn = Assert.Single(TurnFold.Of(files));
        Assert.Equal((TurnLink.Time, 2), (turn.Link, turn.Slices.Sum(slice => slice.Requests)));
    }

    [Fact]
    public void An_id_links_without_any_time()
    {
        var files = new RunFiles()
            .Add(Session,
                """{"type":"user.message","data":{}}""",
                """{"type":"assistant.message","data":{"apiCallId":"r-1"}}""",
                """{"type":"tool.execution_complete","data":{}}""",
                """{"type":"assistant.message","data":{"apiCallId":"r-2"}}""")
            .Add(Log, Request("r-2", "05.000"), Request("r-3", "05.100"));
        var turns = TurnFold.Of(files);
        Assert.Equal(
            [null, TurnLink.RequestId, TurnLink.Unlinked], turns.Select(turn => turn.Link));
        Assert.Equal([1, 2, null], turns.Select(turn => turn.Turn?.Number));
    }

    [Fact]
    public void An_id_that_two_turns_name_tells_nothing()
    {
        var files = new RunFiles()
            .Add(Session,
                Event("user.message", "01.000"), Event("assistant.message", "05.000", "\"apiCallId\":\"r-1\""),
                Event("user.message", "06.000"), Event("assistant.message", "09.000", "\"apiCallId\":\"r-1\""))
            .Add(Log, Request("r-1", "59.000"));
        Assert.Equal(
            TurnLink.Unlinked, Assert.Single(TurnFold.Of(files), turn => turn.Slices.Count > 0).Link);
    }

    [Fact]
    public void A_record_of_a_whole_socket_is_not_linked_by_time()
    {
        var socket = Request("r-1", "04.000").Replace("\"status\":200", "\"status\":101", StringComparison.Ordinal);
        Assert.Equal(
            TurnLink.Unlinked,
            Assert.Single(TurnFold.Of(TwoTurns().Add(Log, socket)), turn => turn.Slices.Count > 0).Link);
    }

    [Fact]
    public void Totals_alone_are_in_no_turn_and_are_not_called_unread()
    {
        var files = TwoTurns().Add("copilot-session-state/t/events.jsonl",
            RunFiles.Shutdown("e", "claude-sonnet-5", 5_000_000, (10, 20, 0, 0)));
        var found = TurnFold.Of(files, files.Fold().Attempts);
        Assert.Equal(0, found.UnreadRequests);
        Assert.Equal(TurnLink.Unlinked, Assert.Single(found.Turns, turn => turn.Slices.Count > 0).Link);
    }

    [Fact]
    public void Rows_of_other_files_are_told_and_not_bent_to_these()
    {
        var attempts = TwoTurns().Add(Log, Request("r-1", "04.000"), Request("r-2", "04.000")).Fold().Attempts;
        var found = TurnFold.Of(TwoTurns().Add(Log, Request("r-1", "04.000")), attempts);
        Assert.Equal(2, found.UnreadRequests);
        Assert.Equal(TurnLink.Unlinked, Assert.Single(found.Turns, turn => turn.Slices.Count > 0).Link);
    }

    [Fact]
    public void A_hundred_thousand_requests_come_to_their_turns()
    {
        const int turns = 50_000;
        var start = new DateTimeOffset(2026, 10, 9, 0, 0, 0, TimeSpan.Zero);
        string At(double seconds) =>
            start.AddSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var events = Enumerable.Range(0, turns).SelectMany(i => new[]
        {
            $$"""{"type":"user.message","data":{},"timestamp":"{{At(i)}}" }""",
            $$"""{"type":"assistant.message","data":{},"timestamp":"{{At(i + 0.9)}}" }""",
        });
        var requests = Enumerable.Range(0, turns * 2).Select(i => RunFiles.Usage(
            string.Create(CultureInfo.InvariantCulture, $"r-{i}"), "claude-sonnet-5", "/v1/messages", (1, 2, 3, 4),
            time: At((i / 2) + 0.5)));
        var found = TurnFold.Of(new RunFiles().Add(Session, [.. events]).Add(Log, [.. requests]));
        Assert.Equal(turns, found.Count);
        Assert.All(found, turn => Assert.Equal(2, turn.Slices.Sum(slice => slice.Requests)));
    }
}
