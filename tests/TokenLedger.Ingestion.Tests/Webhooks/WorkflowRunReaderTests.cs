using System.Text;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.Webhooks;

namespace TokenLedger.Ingestion.Tests.Webhooks;

public sealed class WorkflowRunReaderTests
{
    // GitHub's documented event, cut to some of its members, with the address that every real one has.
    private const string Documented = """
        {"action":"completed","workflow_run":{"id":19384756201,"name":"Issue triage agent","head_branch":"main",
        "head_sha":"3484a3fb816e0859fd6e1cea078d76385ff50625","path":".github/workflows/issue-triage.lock.yml",
        "display_title":"Issue triage agent","run_number":163,"run_attempt":2,"event":"issues","status":"completed",
        "conclusion":"success","workflow_id":98123456,"created_at":"2026-11-18T23:51:02Z",
        "run_started_at":"2026-11-18T23:58:40Z","updated_at":"2026-11-19T00:06:11Z",
        "actor":{"login":"octocat","id":583231},"triggering_actor":{"login":"hubot","id":1779},"pull_requests":[]},
        "repository":{"id":300029405,"full_name":"acme/webshop","private":true,
        "owner":{"login":"acme","id":41548062,"type":"Organization"}},
        "organization":{"login":"acme","id":41548062},"sender":{"login":"hubot","id":1779},
        "installation":{"id":51234567,"node_id":"MDIz"}}
        """;

    private static WorkflowRunReading Read(string body) => WorkflowRunReader.Read(Encoding.UTF8.GetBytes(body));

    private static WorkflowRunFacts FactsOf(string body)
    {
        var reading = Read(body);
        Assert.Null(reading.Malformed);
        return reading.Event!.Facts;
    }

    private static string With(string member, string replacement)
    {
        Assert.Contains(member, Documented, StringComparison.Ordinal);
        return Documented.Replace(member, replacement, StringComparison.Ordinal);
    }

    [Fact]
    public void The_documented_event_is_read()
    {
        var reading = Read(Documented).Event!;
        Assert.Equal(51234567, reading.InstallationId);
        Assert.Equal(
            new WorkflowRunFacts(new RunIdentity("github.com", "acme", "webshop", 19384756201, 2, 300029405))
            {
                WorkflowName = "Issue triage agent",
                WorkflowPath = ".github/workflows/issue-triage.lock.yml",
                Event = "issues",
                Conclusion = "success",
                Actor = "octocat",
                TriggeringActor = "hubot",
                HeadBranch = "main",
                StartedAt = new DateTimeOffset(2026, 11, 18, 23, 58, 40, TimeSpan.Zero),
            },
            reading.Facts);
    }

    [Theory]
    [InlineData("requested")]
    [InlineData("in_progress")]
    [InlineData("invented_later")]
    public void Only_the_end_of_a_run_is_something_to_do(string action)
    {
        var reading = Read(With("\"completed\",\"workflow_run\"", $"\"{action}\",\"workflow_run\""));
        Assert.NotNull(reading.IgnoredBecause);
        Assert.Null(reading.Event);
    }

    [Theory]
    [InlineData("\"name\":\"Issue triage agent\"", "\"name\":null")]
    [InlineData("\"name\":\"Issue triage agent\"", "\"name\":\"\"")]
    [InlineData("\"head_branch\":\"main\"", "\"head_branch\":null")]
    [InlineData("\"conclusion\":\"success\"", "\"conclusion\":null")]
    [InlineData("\"actor\":{\"login\":\"octocat\",\"id\":583231}", "\"actor\":null")]
    [InlineData("\"actor\":{\"login\":\"octocat\",\"id\":583231}", "\"actor\":[[{}]]")]
    [InlineData("\"run_started_at\":\"2026-11-18T23:58:40Z\"", "\"run_started_at\":\"yesterday\"")]
    [InlineData("\"pull_requests\":[]", "\"pull_requests\":null")]
    [InlineData("\"installation\":{\"id\":51234567,\"node_id\":\"MDIz\"}", "\"installation\":null")]
    [InlineData("\"installation\":{\"id\":51234567,\"node_id\":\"MDIz\"}", "\"enterprise\":{\"a\":[1,{\"b\":null}]}")]
    public void What_may_be_unknown_is_unknown(string member, string replacement) =>
        Assert.Equal(19384756201, FactsOf(With(member, replacement)).Run.RunId);

    [Fact]
    public void Without_a_start_the_creation_counts() => Assert.Equal(
        new DateTimeOffset(2026, 11, 18, 23, 51, 2, TimeSpan.Zero),
        FactsOf(With("\"run_started_at\"", "\"other\"")).StartedAt);

    [Theory]
    [InlineData("[]", null)]
    [InlineData("[{\"id\":9,\"head\":{\"number\":3},\"number\":42}]", 42L)]
    [InlineData("[{\"number\":42},{\"number\":43}]", null)]
    [InlineData("[{\"number\":42},null,[]]", null)]
    [InlineData("[42]", null)]
    [InlineData("[{\"number\":\"42\"}]", null)]
    [InlineData("[{\"number\":-1}]", null)]
    public void A_pull_request_counts_when_it_is_the_only_one(string pullRequests, long? expected) => Assert.Equal(
        expected, FactsOf(With("\"pull_requests\":[]", "\"pull_requests\":" + pullRequests)).PullRequest);

    [Theory]
    [InlineData("https://github.com/acme/webshop", "github.com")]
    [InlineData("https://Acme.GHE.com/acme/webshop", "acme.ghe.com")]
    [InlineData("http://ghes.intern:8080/acme/webshop", "ghes.intern")]
    [InlineData("nonsense", "github.com")]
    [InlineData("javascript://acme.ghe.com", "github.com")]
    public void The_address_tells_the_host(string address, string expected)
    {
        Assert.Equal(expected, FactsOf(With("\"private\":true", $"\"html_url\":\"{address}\"")).Run.Host);
        Assert.Equal(expected, FactsOf(With("\"run_number\":163", $"\"html_url\":\"{address}\"")).Run.Host);
    }

    [Theory]
    [InlineData(".github/workflows/a.lock.yml@refs/heads/main", ".github/workflows/a.lock.yml")]
    [InlineData("acme/webshop/.github/workflows/a.yml@v1", ".github/workflows/a.yml")]
    [InlineData("dynamic/github-code-scanning/codeql", "dynamic/github-code-scanning/codeql")]
    public void A_reference_behind_the_path_is_cut_off(string path, string expected) => Assert.Equal(
        expected, FactsOf(With(".github/workflows/issue-triage.lock.yml", path)).WorkflowPath);

    [Theory]
    [InlineData("\"id\":19384756201", "\"id\":\"19384756201\"")]
    [InlineData("\"id\":19384756201", "\"id\":99999999999999999999999")]
    [InlineData("\"id\":19384756201", "\"id\":1e400")]
    [InlineData("\"id\":19384756201", "\"id\":1.5")]
    [InlineData("\"id\":19384756201", "\"id\":0")]
    [InlineData("\"run_attempt\":2", "\"run_attempt\":null")]
    [InlineData("\"run_attempt\":2", "\"run_attempt\":-2")]
    [InlineData("\"run_attempt\":2", "\"run_attempt\":4294967297")]
    [InlineData("\"full_name\":\"acme/webshop\"", "\"full_name\":\"acme\"")]
    [InlineData("\"full_name\":\"acme/webshop\"", "\"full_name\":\"../..\"")]
    [InlineData("\"full_name\":\"acme/webshop\"", "\"full_name\":null")]
    [InlineData("\"full_name\":\"acme/webshop\"", "\"full_name\":\"\\ud800/x\"")]
    [InlineData("\"id\":300029405", "\"id\":null")]
    [InlineData("\"action\":\"completed\"", "\"action\":7")]
    [InlineData("\"workflow_run\":{", "\"workflow_run\":[],\"x\":{")]
    public void What_must_be_there_is_named_when_it_is_not(string member, string replacement) =>
        Assert.NotNull(Read(With(member, replacement)).Malformed);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"completed\"")]
    [InlineData("{}")]
    [InlineData("{} {}")]
    [InlineData("payload=%7B%7D")]
    public void Another_body_is_refused(string body) => Assert.NotNull(Read(body).Malformed);

    [Fact]
    public void A_body_cut_at_any_byte_is_refused_and_nothing_is_thrown()
    {
        var whole = Encoding.UTF8.GetBytes(Documented.TrimEnd());
        for (var length = 0; length < whole.Length; length++)
            Assert.NotNull(WorkflowRunReader.Read(whole.AsSpan(0, length)).Malformed);
    }

    [Fact]
    public void A_body_with_any_byte_replaced_throws_nothing()
    {
        var whole = Encoding.UTF8.GetBytes(Documented);
        foreach (var other in (ReadOnlySpan<byte>)[0, (byte)'"', (byte)'\\', (byte)'{', (byte)']', 0x80, 0xff])
        {
            for (var at = 0; at < whole.Length; at++)
            {
                var changed = whole.ToArray();
                changed[at] = other;
                var reading = WorkflowRunReader.Read(changed);
                Assert.Single(new object?[] { reading.Event, reading.IgnoredBecause, reading.Malformed }, part => part is not null);
            }
        }
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void Depth_is_bounded(string open, string close)
    {
        var deep = string.Concat(Enumerable.Repeat(open, 100_000)) + "1" + string.Concat(Enumerable.Repeat(close, 100_000));
        Assert.NotNull(Read(With("\"private\":true", "\"private\":" + deep)).Malformed);
        Assert.NotNull(Read(deep).Malformed);
    }

    [Fact]
    public void Of_a_name_that_occurs_twice_the_last_counts()
    {
        Assert.Equal(3, FactsOf(With("\"run_attempt\":2", "\"run_attempt\":2,\"run_attempt\":3")).Run.Attempt);
        Assert.NotNull(Read(With("\"organization\"", "\"workflow_run\":{\"id\":1},\"organization\"")).Malformed);
        Assert.NotNull(Read(With("\"organization\"", "\"repository\":{\"id\":1},\"organization\"")).Malformed);
    }

    [Fact]
    public void A_name_longer_than_any_real_one_is_cut() => Assert.Equal(
        1_000, FactsOf(With("\"name\":\"Issue", "\"name\":\"" + new string('x', 100_000))).WorkflowName!.Length);

    [Fact]
    public void A_message_repeats_nothing_of_the_body() => Assert.DoesNotContain(
        "hostile", Read(With("\"full_name\":\"acme/webshop\"", "\"full_name\":\"hostile\"")).Malformed!, StringComparison.Ordinal);
}
