using System.Security.Cryptography;
using TokenLedger.Testing.GitHub;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Cli.Tests.Doctor;

public sealed class GitHubAppTests
{
    [Fact]
    public async Task An_App_that_is_well_is_told_so()
    {
        await using var consultation = await Consultation.BeginAsync();
        consultation.AddApp();
        consultation.GitHub.AddRepository("acme/webshop");
        consultation.GitHub.App.Install("acme");

        var app = (await consultation.AskAsync(0)).Where(row => row.Check == "GitHub App").ToList();

        Assert.All(app, row => Assert.Equal("ok", row.State));
        Assert.Contains(app, row => row is { Subject: "installation on acme", Seen: "Actions: read, Metadata: read; all repositories." });
    }

    [Fact]
    public async Task An_App_that_is_installed_nowhere_is_given_the_link()
    {
        await using var consultation = await Consultation.BeginAsync();
        consultation.AddApp();

        var row = Assert.Single(await consultation.AskAsync(1), row => row.Code == "TL1022");

        Assert.Contains($"/apps/{consultation.GitHub.App.Slug}/installations/new", row.Fix);
    }

    [Fact]
    public async Task A_suspended_installation_and_one_that_is_missing_are_told_apart()
    {
        await using var consultation = await Consultation.BeginAsync();
        consultation.AddApp();
        consultation.AddSource("ghp_tokenOfATestThatNobodyHas", isEnterprise: false, "manage_billing:copilot");
        consultation.GitHub.Add("organizations/acme");
        consultation.GitHub.App.Install("globex").Suspend();

        var findings = await consultation.AskAsync(1);

        Assert.Contains(findings, row => row is { Code: "TL1023", Subject: "installation on globex", State: "problem" });
        Assert.Contains(findings, row => row is { Code: "TL1026", Subject: "acme", State: "warning" });
    }

    [Fact]
    public async Task A_permission_that_was_not_accepted_and_one_that_was_not_asked_for_are_told_apart()
    {
        await using var consultation = await Consultation.BeginAsync();
        consultation.AddApp();
        consultation.GitHub.App.Install("acme").Permissions.Remove("actions");

        var notAccepted = Assert.Single(await consultation.AskAsync(1), row => row.Check == "GitHub App" && row.State == "problem");
        consultation.GitHub.App.Permissions.Remove("actions");
        var notAsked = Assert.Single(await consultation.AskAsync(1), row => row.Check == "GitHub App" && row.State == "problem");

        Assert.Equal("TL1025", notAccepted.Code);
        Assert.Contains("Review request", notAccepted.Fix);
        Assert.Equal("TL1024", notAsked.Code);
        Assert.Contains("Actions: read", notAsked.Seen);
    }

    [Fact]
    public async Task An_App_that_is_not_sent_workflow_runs_is_told_so()
    {
        await using var consultation = await Consultation.BeginAsync();
        consultation.AddApp();
        consultation.GitHub.App.Install("acme");
        consultation.GitHub.App.Events.Clear();

        var row = Assert.Single(await consultation.AskAsync(1), row => row.Code == "TL1027");

        Assert.Contains("Workflow run", row.Fix);
    }

    [Theory]
    [InlineData(false, "TL1030", "permissions")]
    [InlineData(true, "TL1050", "IP allow list")]
    public async Task An_installation_that_gives_no_token_is_told_with_its_cause(
        bool isOfAddress, string code, string fix)
    {
        await using var consultation = await Consultation.BeginAsync();
        consultation.AddApp();
        consultation.GitHub.App.Install("acme");
        var fault = isOfAddress ? GitHubFaults.AddressNotAllowed("acme")
            : GitHubFaults.MissingPermission("metadata=read");
        consultation.GitHub.Misbehave(fault with { Path = "/access_tokens" });

        var row = Assert.Single(
            await consultation.AskAsync(1), row => row is { Subject: "installation on acme", State: "problem" });

        Assert.Equal(code, row.Code);
        Assert.Contains(fix, row.Fix);
    }

    [Fact]
    public async Task The_key_of_another_App_is_told_and_not_shown()
    {
        await using var consultation = await Consultation.BeginAsync();
        consultation.AddApp();
        using var other = RSA.Create(2048);
        consultation.Bench.Variables["TokenLedger__GitHub__PrivateKey"] = other.ExportRSAPrivateKeyPem();

        var row = Assert.Single(await consultation.AskAsync(1), row => row.Code == "TL1021");

        Assert.Contains("one and the same App", row.Fix);
    }

    [Theory]
    [InlineData("""{"url":null,"content_type":"json","insecure_ssl":"0"}""", "problem", "no webhook address")]
    [InlineData("""{"url":"https://x.example/","content_type":"form","insecure_ssl":"0"}""", "problem", "forms")]
    [InlineData("""{"url":"https://x.example/","content_type":"json","insecure_ssl":1}""", "warning", "certificate")]
    public async Task A_webhook_that_cannot_be_read_is_told(string hook, string state, string seen)
    {
        await using var consultation = await Consultation.BeginAsync();
        consultation.AddApp();
        consultation.GitHub.App.Install("acme");
        consultation.GitHub.Misbehave(new ProviderFault { Status = 200, Path = "/app/hook/config", Body = hook });

        var row = Assert.Single(
            await consultation.AskAsync(state == "problem" ? 1 : 0), row => row.Code == "TL1028");

        Assert.Equal(state, row.State);
        Assert.Contains(seen, row.Seen);
    }

    [Fact]
    public async Task A_delivery_is_lost_only_while_no_later_attempt_succeeded()
    {
        await using var consultation = await Consultation.BeginAsync();
        consultation.AddApp();
        consultation.GitHub.App.Install("acme");
        consultation.GitHub.Misbehave(new ProviderFault
        {
            Status = 200,
            Path = "/app/hook/deliveries",
            Body = """
                [{"id":3,"guid":"a","status":"OK","status_code":202,"delivered_at":"2026-10-12T08:00:00Z"},
                 {"id":2,"guid":"b","status":"Invalid HTTP Response: 401","status_code":401,"delivered_at":"2026-10-12T07:00:00Z"},
                 {"id":1,"guid":"a","status":"timed out","status_code":0,"delivered_at":"2026-10-12T06:00:00Z"}]
                """,
        });

        var row = Assert.Single(await consultation.AskAsync(0), row => row.Code == "TL1029");

        Assert.Contains("Of the newest 3, 1 failed; the last with 401.", row.Seen);
        Assert.Contains("WebhookSecrets:0", row.Fix);
    }
}
