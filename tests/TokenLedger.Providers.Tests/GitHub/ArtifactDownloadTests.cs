using TokenLedger.Application.Ports;
using TokenLedger.Providers.GitHub;
using TokenLedger.Testing.GitHub.Actions;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Providers.Tests.GitHub;

public sealed class ArtifactDownloadTests : IAsyncLifetime
{
    private const string ZipEndpoint = "GET /repos/*/*/actions/artifacts/*/zip";

    private static readonly RepositoryAccess Webshop = GitHubWorld.Access("acme/webshop");

    private readonly MemoryStream target = new();
    private GitHubWorld world = null!;
    private FakeArtifact artifact = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<ProviderFault> BrokenOnce() =>
    [
        new ProviderFault { IsCut = true },
        new ProviderFault { IsReset = true },
        new ProviderFault { IsDropped = true },
        new ProviderFault { Status = 403, Body = "" },
        new ProviderFault { Status = 500, Body = "" },
        new ProviderFault { Status = 503, Body = "" },
    ];

    public static TheoryData<ProviderFault, string> BrokenAlways() => new()
    {
        { new() { IsCut = true }, "cut-off" },
        { new() { IsReset = true }, "cut-off" },
        { new() { IsDropped = true }, "unavailable" },
        { new() { Status = 403, Body = "" }, "unavailable" },
        { new() { Status = 302, Body = "", Headers = { ["Location"] = "https://example.com/" } }, "unavailable" },
    };

    public async ValueTask InitializeAsync()
    {
        world = await GitHubWorld.StartAsync();
        var run = world.GitHub.AddRepository("acme/webshop").AddRun(GitHubWorld.Start);
        var content = new byte[300_000];
        new Random(1).NextBytes(content);
        artifact = run.AddArtifact("usage", [KeyValuePair.Create("agent/token_usage.jsonl", content)]);
        world.GitHub.App.Install("acme");
    }

    public async ValueTask DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task An_artifact_is_written_where_the_target_stands()
    {
        target.Write([1, 2, 3]);

        var refusal = await FetchAsync();

        Assert.Null(refusal);
        Assert.Equal([1, 2, 3, .. artifact.Zip], target.ToArray());
    }

    [Fact]
    public async Task No_token_reaches_the_artifacts_server()
    {
        Assert.Null(await FetchAsync());
        Assert.Null(await FetchAsync(world.WithToken()));

        Assert.Equal(2, world.GitHub.Downloads.Requests.Count);
        Assert.False(world.GitHub.Downloads.SawAuthorization);
    }

    [Fact]
    public async Task No_token_reaches_a_file_server_under_the_hosts_own_name()
    {
        world.GitHub.Misbehave(Moved("/zip", 302, "storage/a.zip?sig=x"), File("/storage/", "PK"));

        Assert.Null(await FetchAsync(world.BelowPath()));

        var file = world.GitHub.Requests[^1];
        Assert.Equal(("/storage/a.zip?sig=x", false), (file.Target, file.Headers.ContainsKey("Authorization")));
        Assert.Equal("PK"u8.ToArray(), target.ToArray());
    }

    [Fact]
    public async Task A_move_within_the_API_is_followed_with_the_token()
    {
        world.GitHub.Misbehave(
            Moved("/repos/", 301, "api/v3/repositories/7/zip"), Moved("/repositories/", 302, "storage/a.zip"),
            File("/storage/", "PK"));

        Assert.Null(await FetchAsync(world.BelowPath()));

        Assert.Equal(
            [true, true, false],
            world.GitHub.Requests.Select(request => request.Headers.ContainsKey("Authorization")));
    }

    [Fact]
    public async Task A_move_out_of_the_API_is_not_followed_with_the_token()
    {
        world.GitHub.Misbehave(Moved("/repos/", 301, "api/v30/repositories/7"));

        var (_, refusal) = await world.BelowPath().FindRunAsync(Webshop, 1, null, Token);

        Assert.Equal("rejected", refusal!.Code);
        Assert.Single(world.GitHub.Requests);
    }

    [Fact]
    public async Task An_expired_artifact_is_gone()
    {
        artifact.Expire();

        Assert.Equal("gone", (await FetchAsync())!.Code);
        Assert.Empty(world.GitHub.Downloads.Requests);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task What_the_artifacts_server_no_longer_has_is_gone(int status)
    {
        world.GitHub.Downloads.Misbehave(new ProviderFault { Status = status, Body = "" });

        Assert.Equal("gone", (await FetchAsync())!.Code);
        Assert.Single(world.GitHub.Downloads.Requests);
    }

    [Fact]
    public async Task Whoever_deleted_it_made_it_not_found()
    {
        artifact.Run.Repository.Delete(artifact.Run);

        Assert.Equal("not-found", (await FetchAsync())!.Code);
    }

    [Fact]
    public async Task An_address_that_has_run_out_is_asked_for_again()
    {
        world.GitHub.Downloads.ExpireNext(2);

        Assert.Null(await FetchAsync());
        Assert.Equal(artifact.Zip, target.ToArray());
        Assert.Equal(3, world.CountOf(ZipEndpoint));
    }

    [Fact]
    public async Task An_address_that_always_runs_out_is_given_up()
    {
        world.GitHub.Downloads.ExpireNext(100);

        Assert.Equal("unavailable", (await FetchAsync())!.Code);
        Assert.Equal(3, world.CountOf(ZipEndpoint));
    }

    [Theory]
    [MemberData(nameof(BrokenOnce))]
    public async Task A_download_that_breaks_once_begins_anew(ProviderFault fault)
    {
        world.GitHub.Downloads.Misbehave(fault with { Times = 1 });

        Assert.Null(await FetchAsync());
        Assert.Equal(artifact.Zip, target.ToArray());
    }

    [Theory]
    [MemberData(nameof(BrokenAlways))]
    public async Task A_download_that_always_breaks_is_given_up_after_three(ProviderFault fault, string code)
    {
        world.GitHub.Downloads.Misbehave(fault);

        var refusal = await FetchAsync();

        Assert.Equal(code, refusal!.Code);
        Assert.Equal(3, world.CountOf(ZipEndpoint));
        Assert.DoesNotContain("sig=", refusal.Message);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    public async Task The_bound_is_the_last_byte_that_is_read(int beyond, bool isWhole)
    {
        var refusal = await FetchAsync(bytesMax: artifact.Zip.Length + beyond);

        Assert.Equal(isWhole ? null : "too-large", refusal?.Code);
        Assert.True(target.Length <= artifact.Zip.Length + beyond);
        Assert.Equal(1, world.CountOf(ZipEndpoint));
    }

    [Fact]
    public async Task A_slow_download_comes_whole()
    {
        world.GitHub.Downloads.Misbehave(new ProviderFault { Pause = TimeSpan.FromMilliseconds(1) });

        Assert.Null(await FetchAsync());
        Assert.Equal(artifact.Zip, target.ToArray());
    }

    [Fact]
    public async Task A_download_that_never_goes_on_ends_at_the_bound_of_them_all()
    {
        world.GitHub.Downloads.Misbehave(new ProviderFault { IsStalled = true });

        var refusal = await FetchAsync(
            world.WithToken(new GitHubOptions { DownloadTimeOut = TimeSpan.FromMilliseconds(500) }));

        Assert.Equal("unavailable", refusal!.Code);
        Assert.Contains("within 0.5 seconds", refusal.Message);
        Assert.True(world.GitHub.Downloads.Requests.Count <= 1);
    }

    [Fact]
    public async Task Whoever_downloads_can_stop()
    {
        using var stop = new CancellationTokenSource();
        world.GitHub.Downloads.Misbehave(new ProviderFault { IsStalled = true });

        var fetching = world.WithToken().DownloadArtifactAsync(Webshop, artifact.Id, target, 1_000_000, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching);
    }

    [Fact]
    public async Task A_body_that_cannot_be_decompressed_is_malformed()
    {
        world.GitHub.Downloads.Misbehave(new ProviderFault { Headers = { ["Content-Encoding"] = "gzip" } });

        Assert.Equal("malformed", (await FetchAsync())!.Code);
    }

    [Fact]
    public async Task An_answer_in_place_of_an_address_is_refused()
    {
        world.GitHub.Misbehave(new ProviderFault { Path = "/zip", Status = 200, Body = "PK" });

        Assert.Equal("rejected", (await FetchAsync())!.Code);
        Assert.Equal(0, target.Length);
    }

    [Fact]
    public async Task A_target_that_cannot_be_written_is_the_callers_concern()
    {
        using var full = new FullStream();

        await Assert.ThrowsAsync<IOException>(() => world.WithApp().DownloadArtifactAsync(
            Webshop, artifact.Id, full, 1_000_000, Token));
    }

    private ProviderFault Moved(string path, int status, string place) => new()
    {
        Path = path,
        Status = status,
        Body = "",
        Headers = { ["Location"] = new Uri(world.GitHub.Url, place).AbsoluteUri },
    };

    private static ProviderFault File(string path, string body) => new() { Path = path, Body = body };

    private Task<ProviderRefusal?> FetchAsync(GitHubRunSource? source = null, long bytesMax = 1_000_000)
    {
        if (target.Length > 3)
            target.SetLength(0);
        return (source ?? world.WithApp()).DownloadArtifactAsync(Webshop, artifact.Id, target, bytesMax, Token);
    }
}
