using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using TokenLedger.Hosting.Configuration;
using TokenLedger.Testing.GitHub;

namespace TokenLedger.Cli.Tests.Registration;

public sealed class AppCreateTests : IAsyncDisposable
{
    private readonly Workbench bench = new();
    private readonly List<Browser> browsers = [];

    public ValueTask DisposeAsync()
    {
        browsers.ForEach(browser => browser.Dispose());
        bench.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_App_is_made_with_the_least_permissions_and_its_secrets_are_stored_for_the_owner_alone()
    {
        await using var github = await StartAsync();
        var seen = (Html: "", Policy: "", Target: new Uri("http://x/"), Manifest: "");
        var back = (Status: HttpStatusCode.OK, Html: "");
        var result = await RunAsync(
            async browser =>
            {
                seen = await browser.ReadAsync();
                back = await browser.ComeBackAsync(github.App.NewManifestCode(), await browser.StateAsync());
            },
            "--secret-file", bench.Path("secret.txt"), "--env-file", bench.Path("app.env"));

        Assert.Equal(0, result.Code);
        Assert.Equal((HttpStatusCode.OK, true), (back.Status, back.Html.Contains("The App is there", StringComparison.Ordinal)));
        Assert.StartsWith("https://github.acme.example/organizations/acme/settings/apps/new?state=", seen.Target.AbsoluteUri);
        Assert.Equal("default-src 'none'", seen.Policy.Split(';')[0]);
        Assert.Contains("form-action https://github.acme.example;", seen.Policy);
        Assert.DoesNotContain("<script", seen.Html);
        var manifest = JsonNode.Parse(seen.Manifest)!;
        Assert.Equal("""{"actions":"read","metadata":"read"}""", manifest["default_permissions"]!.ToJsonString());
        Assert.Equal("""["workflow_run"]""", manifest["default_events"]!.ToJsonString());
        Assert.False((bool)manifest["public"]!);
        Assert.Equal("https://ledger.acme.example/api/github/webhooks", (string)manifest["hook_attributes"]!["url"]!);
        Assert.Equal(new Uri(browsers[0].Page, "callback").AbsoluteUri, (string)manifest["redirect_url"]!);

        Assert.Equal(github.App.PrivateKey, await File.ReadAllTextAsync(bench.Path("app.pem"), Workbench.Token));
        Assert.Equal(github.App.WebhookSecret, await File.ReadAllTextAsync(bench.Path("secret.txt"), Workbench.Token));
        foreach (var file in new[] { "app.pem", "secret.txt", "app.env" })
        {
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(bench.Path(file)));
        }

        Assert.Contains($"azd env set GITHUB_APP_ID {github.App.Id}", result.Out);
        Assert.Contains($"/apps/{github.App.Slug}/installations/new", result.Out);
        Assert.All(
            [github.App.PrivateKey, github.App.WebhookSecret, "PRIVATE KEY", "onlyTheFakeOneKnowsThisClientSecret"],
            secret => Assert.DoesNotContain(secret, result.Out + result.Error + back.Html));
        Assert.Equal(1, github.RequestsByEndpoint.Single(pair => pair.Key.Contains("conversions", StringComparison.Ordinal)).Value);
    }

    [Fact]
    public async Task The_stored_settings_are_the_ones_that_the_service_reads()
    {
        await using var github = await StartAsync();
        github.App.WebhookSecret = "0123456789abcdef";
        var result = await RunAsync(
            async browser => await browser.ComeBackAsync(github.App.NewManifestCode(), await browser.StateAsync()),
            "--env-file", bench.Path("app.env"));

        Assert.Equal(0, result.Code);
        var variables = File.ReadLines(bench.Path("app.env"))
            .Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim('\''), StringComparer.Ordinal);
        var read = ConfigurationReader.Read(null, variables);
        Assert.Equal(github.App.Id, read.GitHub.AppId);
        Assert.Equal(github.Url, read.GitHub.ApiUrl);
        Assert.Equal(github.App.PrivateKey.Trim(), read.GitHub.PrivateKey!.Reveal().Trim());
        Assert.Equal(["0123456789abcdef"], read.GitHub.WebhookSecrets.Select(secret => secret.Reveal()));
    }

    [Fact]
    public async Task A_code_beside_another_state_is_not_used_and_the_right_one_still_is()
    {
        await using var github = await StartAsync();
        var wrong = (Status: HttpStatusCode.OK, Html: "");
        var result = await RunAsync(
            async browser =>
            {
                wrong = await browser.ComeBackAsync("foreigncode", new string('0', 64));
                await browser.ComeBackAsync(github.App.NewManifestCode(), await browser.StateAsync());
            });

        Assert.Equal((0, HttpStatusCode.BadRequest), (result.Code, wrong.Status));
        Assert.Contains("another state", result.Error);
        Assert.DoesNotContain(github.Requests, request => request.Target.Contains("foreigncode", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_expired_code_ends_with_one_line_and_leaves_no_file()
    {
        await using var github = await StartAsync();
        var back = (Status: HttpStatusCode.OK, Html: "");
        var result = await RunAsync(
            async browser => back = await browser.ComeBackAsync("expiredcode", await browser.StateAsync()));

        Assert.Equal((1, ""), (result.Code, result.Out));
        Assert.Contains("used already, or is older than an hour", result.Error);
        Assert.Contains("It did not work", back.Html);
        Assert.DoesNotContain("expiredcode", result.Error);
        Assert.False(File.Exists(bench.Path("app.pem")));
    }

    [Fact]
    public async Task A_page_of_another_site_is_not_answered()
    {
        await using var github = await StartAsync();
        var status = HttpStatusCode.OK;
        await RunAsync(
            async browser =>
            {
                status = await browser.AskUnderAsync("evil.example");
                await browser.ComeBackAsync(github.App.NewManifestCode(), await browser.StateAsync());
            });

        Assert.Equal(HttpStatusCode.Forbidden, status);
    }

    [Fact]
    public async Task An_existing_file_is_never_overwritten_and_GitHub_is_not_asked()
    {
        await using var github = await StartAsync();
        bench.Write("app.pem", "the key of another App");

        var result = await RunAsync(_ => Task.CompletedTask);

        Assert.Equal(2, result.Code);
        Assert.Contains("is there already", result.Error);
        Assert.Equal("the key of another App", await File.ReadAllTextAsync(bench.Path("app.pem"), Workbench.Token));
        Assert.Empty(browsers);
        Assert.Empty(Directory.GetFiles(bench.Path(""), "*.env"));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_told_before_anybody_clicks()
    {
        await using var github = await StartAsync();

        var result = await RunAsync(_ => Task.CompletedTask, "--secret-file", bench.Path("nowhere/secret"));

        Assert.Equal(1, result.Code);
        Assert.Contains("--secret-file", result.Error);
        Assert.Empty(browsers);
        Assert.False(File.Exists(bench.Path("app.pem")));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        await using var github = await StartAsync();

        var result = await RunAsync(
            _ => Task.CompletedTask, "--port", github.Url.Port.ToString(CultureInfo.InvariantCulture));

        Assert.Equal(1, result.Code);
        Assert.Contains("--port", result.Error);
        Assert.False(File.Exists(bench.Path("app.pem")));
    }

    [Fact]
    public async Task Ctrl_C_stops_the_waiting_and_leaves_no_file()
    {
        await using var github = await StartAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Workbench.Token);
        bench.OpenBrowser = _ => stop.Cancel();

        var result = await bench.RunAsync(
            stop.Token, "app", "create", "--org", "acme", "--webhook-url", "https://ledger.acme.example",
            "--key-file", bench.Path("app.pem"), "--env-file", bench.Path("app.env"));

        Assert.Equal((130, ""), (result.Code, result.Out));
        Assert.False(File.Exists(bench.Path("app.pem")));
        Assert.False(File.Exists(bench.Path("app.env")));
    }

    [Fact]
    public async Task The_manifest_alone_is_written_with_a_link_for_those_who_click()
    {
        var result = await bench.RunAsync(
            "app", "create", "--org", "acme", "--webhook-url", "https://ledger.acme.example/hook", "--reports",
            "--manifest", bench.Path("app.json"), "--format", "json");

        Assert.Equal(0, result.Code);
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(bench.Path("app.json"), Workbench.Token))!;
        Assert.Equal(
            """{"actions":"read","issues":"write","metadata":"read","pull_requests":"write"}""",
            manifest["default_permissions"]!.ToJsonString());
        Assert.Null(manifest["redirect_url"]);
        var link = (string)JsonNode.Parse(result.Out)!["rows"]![0]!["url"]!;
        Assert.StartsWith("https://github.com/organizations/acme/settings/apps/new?name=TokenLedger%20acme&", link);
        Assert.Contains("&webhook_url=https%3A%2F%2Fledger.acme.example%2Fhook&actions=read&", link);
        Assert.EndsWith("&events%5B%5D=workflow_run", link);
    }

    [Fact]
    public async Task Those_who_click_are_told_the_steps_and_shown_no_table()
    {
        var result = await bench.RunAsync(
            "app", "create", "--org", "acme", "--webhook-url", "https://ledger.acme.example",
            "--manifest", bench.Path("app.json"));

        Assert.Equal(0, result.Code);
        Assert.Contains("The manifest of TokenLedger acme is in", result.Out);
        Assert.Contains("1. Open this link", result.Out);
        Assert.DoesNotContain("–", result.Out);
        Assert.DoesNotContain("App id", result.Out);
    }

    [Theory]
    [InlineData("--org", "acme")]
    [InlineData("--org", "acme", "--user", "--webhook-url", "https://x.example")]
    [InlineData("--webhook-url", "https://x.example")]
    [InlineData("--org", "a/../b", "--webhook-url", "https://x.example")]
    [InlineData("--user", "--webhook-url", "http://x.example")]
    [InlineData("--user", "--webhook-url", "https://localhost/hook")]
    [InlineData("--user", "--webhook-url", "https://x.example", "--name", "a name that is longer than GitHub takes")]
    [InlineData("--user", "--webhook-url", "https://x.example", "--github-url", "http://github.example")]
    [InlineData("--user", "--webhook-url", "https://x.example", "--timeout", "61")]
    [InlineData("--user", "--webhook-url", "https://x.example", "--manifest", "m.json", "--key-file", "k.pem")]
    public async Task What_contradicts_itself_is_wrong_usage(params string[] args)
    {
        var result = await bench.RunAsync(["app", "create", .. args]);

        Assert.Equal((2, ""), (result.Code, result.Out));
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    private async Task<FakeGitHub> StartAsync()
    {
        var github = await FakeGitHub.StartAsync(Workbench.Token, new StoppedClock(bench.Now));
        bench.Variables["TokenLedger__GitHub__ApiUrl"] = github.Url.AbsoluteUri;
        return github;
    }

    private async Task<Outcome> RunAsync(Func<Browser, Task> visit, params string[] more)
    {
        var visits = new List<Task>();
        bench.OpenBrowser = page =>
        {
            var browser = new Browser { Page = page };
            browsers.Add(browser);
            visits.Add(Task.Run(() => visit(browser), Workbench.Token));
        };
        string[] files = more.Contains("--env-file") || more.Contains("--secret-file")
            ? []
            : ["--env-file", bench.Path("app.env")];
        var result = await bench.RunAsync(
        [
            "app", "create", "--org", "acme", "--webhook-url", "https://ledger.acme.example", "--key-file",
            bench.Path("app.pem"), "--github-url", "https://github.acme.example", .. files, .. more,
        ]);
        await Task.WhenAll(visits);
        return result;
    }
}
