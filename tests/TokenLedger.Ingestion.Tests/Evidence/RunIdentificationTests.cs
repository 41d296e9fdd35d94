using System.Text;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.Tests.Evidence;

public sealed class RunIdentificationTests
{
    [Theory]
    [InlineData("""{"run_id":4711,"run_attempt":"2","repository":"acme/shop"}""", "github.com/acme/shop/4711/2")]
    [InlineData("""{"run_id":"4711","repository":"acme/shop"}""", "github.com/acme/shop/4711/1")]
    [InlineData("""{"run_id":"","context":{"run_id":"4711","repo":"acme/shop"}}""", "github.com/acme/shop/4711/1")]
    [InlineData("""{"run_id":1,"repository":"a/b","server_url":"https://GHE.acme.com"}""", "ghe.acme.com/a/b/1/1")]
    public void The_run_itself_tells_who_it_is(string info, string expected)
    {
        var identity = Identify(info).Identity!;
        Assert.Equal(expected, FormattableString.Invariant(
            $"{identity.Host}/{identity.Repository}/{identity.RunId}/{identity.Attempt}"));
    }

    [Fact]
    public void The_repository_id_is_kept() => Assert.Equal(
        77, Identify("""{"run_id":1,"repository":"a/b","repository_id":"77"}""").Identity!.RepositoryId);

    [Theory]
    [InlineData("o/other", null, null, "--repo")]
    [InlineData(null, 4712L, null, "--run-id")]
    [InlineData(null, null, 3, "--attempt")]
    public void A_flag_that_contradicts_the_run_is_wrong_usage(string? repository, long? run, int? attempt, string flag)
    {
        var result = Identify(
            """{"run_id":4711,"run_attempt":"2","repository":"acme/shop"}""",
            new IdentityHints { Repository = repository, RunId = run, Attempt = attempt });
        Assert.Null(result.Identity);
        Assert.True(result.IsContradiction);
        Assert.Contains(flag, result.Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flag_that_agrees_but_for_case_is_no_contradiction() => Assert.NotNull(Identify(
        """{"run_id":4711,"repository":"Acme/Shop"}""",
        new IdentityHints { Repository = "acme/shop", RunId = 4711 }).Identity);

    [Theory]
    [InlineData("""{"run_id":null,"repository":"acme/shop"}""")]
    [InlineData("""{"run_id":""}""")]
    [InlineData("{}")]
    [InlineData("not json")]
    public void Flags_fill_in_what_the_run_does_not_tell(string info)
    {
        var result = Identify(info, new IdentityHints { Repository = "acme/shop", RunId = 4711, Attempt = 3 });
        Assert.Equal(new RunIdentity("github.com", "acme", "shop", 4711, 3), result.Identity);
    }

    [Fact]
    public void Flags_come_before_the_path_and_the_path_fills_the_rest()
    {
        var bundle = Bundle("logs/run-12", ("token-usage.jsonl", ""));
        Assert.Equal(12, RunIdentification.Identify(bundle, new IdentityHints { Repository = "a/b" }).Identity!.RunId);
        var flagged = new IdentityHints { Repository = "a/b", RunId = 13 };
        Assert.Equal(13, RunIdentification.Identify(bundle, flagged).Identity!.RunId);
    }

    [Fact]
    public void What_is_missing_is_said_with_the_flags_that_help()
    {
        var problem = Identify("{}").Problem!;
        Assert.Equal("TL0401", problem.Code);
        Assert.Contains("--repo OWNER/NAME", problem.Message, StringComparison.Ordinal);
        Assert.Contains("--run-id ID", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../..")]
    [InlineData("acme/..")]
    [InlineData("acme/sh op")]
    [InlineData("acme/shop/x")]
    [InlineData("acme")]
    [InlineData("acme/<b>")]
    public void A_repository_that_no_repository_can_be_called_is_refused(string repository) =>
        Assert.Equal("TL0403", Identify("{}", new IdentityHints { Repository = repository, RunId = 1 }).Problem!.Code);

    [Theory]
    [InlineData("0", 1)]
    [InlineData("7", 0)]
    public void A_run_counts_from_one(string run, int attempt)
    {
        var info = $$"""{"run_id":{{run}},"repository":"a/b"}""";
        Assert.Equal("TL0403", Identify(info, new IdentityHints { Attempt = attempt }).Problem!.Code);
    }

    [Fact]
    public void Two_runs_in_one_folder_are_refused()
    {
        var bundle = Bundle("x",
            ("a/aw_info.json", """{"run_id":1,"repository":"a/b"}"""),
            ("b/aw_info.json", """{"run_id":2,"repository":"a/b"}"""));
        Assert.Equal("TL0404", RunIdentification.Identify(bundle, new IdentityHints()).Problem!.Code);
    }

    private static IdentityResult Identify(string info, IdentityHints? hints = null) =>
        RunIdentification.Identify(Bundle("x", ("aw_info.json", info)), hints ?? new IdentityHints());

    private static EvidenceBundle Bundle(string name, params (string Path, string Text)[] files) => new(
        name, "upload",
        [.. files.Select(file =>
        {
            var bytes = Encoding.UTF8.GetBytes(file.Text);
            return new EvidenceFile(file.Path, bytes.Length, () => new MemoryStream(bytes, writable: false));
        })],
        []);
}
