using System.Text;
using System.Text.Json.Nodes;
using TokenLedger.Domain.Outcomes;
using TokenLedger.Ingestion.Outcomes;

namespace TokenLedger.Ingestion.Tests.Outcomes;

public sealed class OutcomeEventReaderTests
{
    private const string Hostile = "<img src=x onerror=alert(1)> | =cmd()";
    private const string Sha = "0123456789abcdef0123456789abcdef01234567";

    [Fact]
    public void A_merged_pull_request_is_read_with_the_few_needed_fields()
    {
        var body = Pull();

        var told = Read("pull_request", body).Event!;

        var fact = Assert.Single(told.Facts);
        Assert.Equal("github.com/acme/webshop/12", fact.Place.Path);
        Assert.Equal(
            new OutcomeSnapshot(At(12), WorkKind.PullRequest, IsOpen: false)
            {
                CreatedAt = At(10), ClosedAt = At(12), MergedAt = At(12), Author = "copilot[bot]", MergedBy = "alice",
                Additions = 5, Deletions = 2, ChangedFiles = 1, ReviewComments = 3, HeadBranch = "copilot/fix-1",
                MergeCommit = Sha,
            },
            fact.Fact);
        Assert.True(told.MayBeAgents);
        Assert.Equal(fact.Fact, OutcomeFactFile.Parse(OutcomeFactFile.Create(fact.Fact)));
    }

    [Fact]
    public void A_merged_revert_tells_of_the_other_pull_request_too()
    {
        var body = Pull();
        body["pull_request"]!["title"] = "Revert \"Fix\"";
        body["pull_request"]!["body"] = "Reverts Acme/Webshop#7";

        var facts = Read("pull_request", body).Event!.Facts;
        Assert.Equal(
            ("github.com/acme/webshop/7", new RevertFact(At(12), "#12")), (facts[1].Place.Path, facts[1].Fact));

        body["pull_request"]!["merged_at"] = null;
        Assert.Single(Read("pull_request", body).Event!.Facts);
    }

    [Fact]
    public void The_default_branch_and_branches_of_forks_are_no_run_s_branch()
    {
        var body = Pull();
        body["pull_request"]!["head"]!["ref"] = "main";
        Assert.Null(Snapshot(body).HeadBranch);

        body["pull_request"]!["head"]!["ref"] = Hostile;
        Assert.Equal(Hostile, Snapshot(body).HeadBranch);

        body["pull_request"]!["head"]!["repo"]!["id"] = 5;
        Assert.Null(Snapshot(body).HeadBranch);
    }

    [Fact]
    public void People_and_dependency_bots_are_no_agents()
    {
        var body = Pull();
        body["pull_request"]!["head"]!["ref"] = "fix";
        body["pull_request"]!["user"] = new JsonObject { ["login"] = "bob", ["type"] = "User" };
        Assert.False(Read("pull_request", body).Event!.MayBeAgents);

        body["pull_request"]!["user"] = new JsonObject { ["login"] = "dependabot[bot]", ["type"] = "Bot" };
        Assert.False(Read("pull_request", body).Event!.MayBeAgents);
    }

    [Fact]
    public void A_resolved_thread_counts_its_comments()
    {
        var body = Pull("resolved");
        body["thread"] = new JsonObject
        {
            ["comments"] = new JsonArray(new JsonObject { ["id"] = 77 }, new JsonObject { ["id"] = 78 }),
        };

        var facts = Read("pull_request_review_thread", body).Event!.Facts;

        Assert.Equal(new ReviewThreadFact(At(12), "77", IsResolved: true, Comments: 2), facts[1].Fact);
    }

    [Fact]
    public void A_push_to_the_default_branch_tells_of_reverted_commits()
    {
        var push = Push($"Revert \"x\"\n\nThis reverts commit {Sha}.");

        var fact = Assert.Single(Read("push", push).Event!.Facts);
        Assert.Equal($"github.com/acme/webshop/commits/{Sha}", fact.Place.Path);

        push["ref"] = "refs/heads/other";
        Assert.NotNull(Read("push", push).IgnoredBecause);
        Assert.NotNull(Read("push", Push("Fix")).IgnoredBecause);
    }

    [Fact]
    public void An_issue_is_read()
    {
        var issue = Pull("opened");
        issue["issue"] = new JsonObject
        {
            ["number"] = 3, ["state"] = "open", ["created_at"] = "2026-11-18T10:00:00Z",
            ["html_url"] = "https://ghe.acme.example/acme/webshop/issues/3",
        };

        var fact = Assert.Single(Read("issues", issue).Event!.Facts);

        Assert.Equal("ghe.acme.example/acme/webshop/3", fact.Place.Path);
        Assert.Equal(WorkKind.Issue, ((OutcomeSnapshot)fact.Fact).Kind);
    }

    [Theory]
    [InlineData("pull_request", "{", "no JSON")]
    [InlineData("pull_request", "[]", "no JSON object")]
    [InlineData("pull_request", "{}", "action")]
    [InlineData("pull_request", """{"action":"closed"}""", "pull_request")]
    [InlineData("pull_request", """{"action":"closed","pull_request":{}}""", "full_name")]
    [InlineData("issues", """{"action":"closed","issue":{},"repository":{"full_name":"../x"}}""", "number")]
    [InlineData("pull_request_review_thread",
        """{"action":"resolved","pull_request":{"number":1,"state":"open","updated_at":"2026-11-18T10:00:00Z"},"repository":{"full_name":"a/b"}}""",
        "thread")]
    public void What_is_no_delivery_is_refused_with_what_is_missing(string name, string body, string word) =>
        Assert.Contains(word, OutcomeEventReader.Read(name, Encoding.UTF8.GetBytes(body)).Malformed);

    [Fact]
    public void A_label_changes_nothing() =>
        Assert.NotNull(Read("pull_request", Pull("labeled")).IgnoredBecause);

    [Fact]
    public void Only_paths_of_places_are_places()
    {
        var commit = OutcomePlace.OfCommit("github.com", "a/b", Sha)!;
        Assert.Equal(commit, OutcomePlace.OfPath(commit.Path));
        Assert.Equal(12, OutcomePlace.OfPath("github.com/a/b/12")!.Number);
        Assert.Null(OutcomePlace.OfPath("github.com/../b/12"));
        Assert.Null(OutcomePlace.OfPath("github.com/a/b/x"));
        Assert.Null(OutcomePlace.OfCommit("github.com", "a/b", "../../x"));
    }

    private static OutcomeReading Read(string name, JsonObject body) =>
        OutcomeEventReader.Read(name, Encoding.UTF8.GetBytes(body.ToJsonString()));

    private static OutcomeSnapshot Snapshot(JsonObject body) =>
        (OutcomeSnapshot)Read("pull_request", body).Event!.Facts[0].Fact;

    private static DateTimeOffset At(int hour) => new(2026, 11, 18, hour, 0, 0, TimeSpan.Zero);

    private static JsonObject Pull(string action = "closed") => new()
    {
        ["action"] = action,
        ["pull_request"] = new JsonObject
        {
            ["number"] = 12, ["state"] = "closed", ["title"] = Hostile, ["body"] = null,
            ["html_url"] = "https://github.com/Acme/Webshop/pull/12",
            ["user"] = new JsonObject { ["login"] = "copilot[bot]", ["type"] = "Bot" },
            ["created_at"] = "2026-11-18T10:00:00Z", ["updated_at"] = "2026-11-18T12:00:00Z",
            ["closed_at"] = "2026-11-18T12:00:00Z", ["merged_at"] = "2026-11-18T12:00:00Z",
            ["merged_by"] = new JsonObject { ["login"] = "alice" }, ["merge_commit_sha"] = Sha,
            ["additions"] = 5, ["deletions"] = 2, ["changed_files"] = 1, ["review_comments"] = 3,
            ["head"] = new JsonObject
            {
                ["ref"] = "copilot/fix-1", ["repo"] = new JsonObject { ["id"] = 4, ["default_branch"] = "main" },
            },
            ["base"] = new JsonObject { ["repo"] = new JsonObject { ["id"] = 4 } },
        },
        ["repository"] = new JsonObject { ["full_name"] = "Acme/Webshop" },
    };

    private static JsonObject Push(string message) => new()
    {
        ["ref"] = "refs/heads/main",
        ["commits"] = new JsonArray(new JsonObject
        {
            ["id"] = Sha.Replace('0', 'f'), ["timestamp"] = "2026-11-19T10:00:00+02:00", ["message"] = message,
        }),
        ["repository"] = new JsonObject
        {
            ["full_name"] = "Acme/Webshop", ["default_branch"] = "main",
            ["html_url"] = "https://github.com/Acme/Webshop",
        },
    };
}
