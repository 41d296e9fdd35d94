using System.Globalization;
using System.Text.Json.Nodes;
using TokenLedger.Testing.GitHub;

namespace TokenLedger.Cli.Tests.Doctor;

/// <summary>A ledger, a GitHub, and a doctor who is asked about both.</summary>
public sealed class Consultation : IAsyncDisposable
{
    private Consultation(FakeGitHub github)
    {
        GitHub = github;
        Bench.Variables["TokenLedger__GitHub__ApiUrl"] = github.Url.AbsoluteUri;
    }

    public Workbench Bench { get; } = new();

    public FakeGitHub GitHub { get; }

    public static async Task<Consultation> BeginAsync()
    {
        var now = new DateTimeOffset(2026, 10, 12, 9, 0, 0, TimeSpan.Zero);
        return new Consultation(await FakeGitHub.StartAsync(Workbench.Token, new StoppedClock(now)));
    }

    /// <summary>A source that is asked with a token of a person with these scopes.</summary>
    public void AddSource(string token, bool isEnterprise, params string[] scopes)
    {
        GitHub.AddToken(token, "octo-admin", scopes);
        Bench.Variables["TokenLedger__Sources__0__Kind"] = "github";
        Bench.Variables[$"TokenLedger__Sources__0__{(isEnterprise ? "Enterprise" : "Organization")}"] =
            isEnterprise ? "acme-inc" : "acme";
        Bench.Variables["TokenLedger__Sources__0__Token"] = token;
    }

    /// <summary>A source of a user's own bill, and a token that GitHub knows.</summary>
    public void AddUser(string token)
    {
        GitHub.AddToken(token, "octo-admin", "user");
        Bench.Variables["TokenLedger__Sources__0__Kind"] = "github";
        Bench.Variables["TokenLedger__Sources__0__User"] = "octo-admin";
        Bench.Variables["TokenLedger__Sources__0__Token"] = token;
    }

    /// <summary>The App, installed on an organisation with repositories.</summary>
    public void AddApp()
    {
        Bench.Variables["TokenLedger__GitHub__AppId"] = GitHub.App.Id.ToString(CultureInfo.InvariantCulture);
        Bench.Variables["TokenLedger__GitHub__PrivateKey"] = GitHub.App.PrivateKey;
        Bench.Variables["TokenLedger__GitHub__WebhookSecrets__0"] = GitHub.App.WebhookSecret;
    }

    /// <summary>The rows of the diagnosis.</summary>
    public async Task<IReadOnlyList<Finding>> AskAsync(int expectedCode)
    {
        var result = await Bench.RunAsync("doctor", "--format", "json");
        Assert.Equal((expectedCode, ""), (result.Code, result.Error));
        NoSecretIn(result.Out);
        var document = JsonNode.Parse(result.Out)!;
        Assert.Equal("tokenledger/doctor/v1", (string)document["schema"]!);
        return [.. document["rows"]!.AsArray().Select(row => new Finding(
            (string)row!["check"]!, (string)row["subject"]!, (string)row["state"]!, (string?)row["code"],
            (string)row["seen"]!, (string?)row["fix"]))];
    }

    public void NoSecretIn(string text)
    {
        foreach (var name in Bench.Variables.Keys.Where(
            name => name.EndsWith("Token", StringComparison.Ordinal) || name.Contains("Secret", StringComparison.Ordinal)))
            Assert.DoesNotContain(Bench.Variables[name], text);
        Assert.DoesNotContain("PRIVATE KEY", text);
    }

    public async ValueTask DisposeAsync()
    {
        Bench.Dispose();
        await GitHub.DisposeAsync();
    }
}
