using System.Net.Sockets;
using TokenLedger.Testing.GitHub;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Cli.Tests.Doctor;

/// <summary>Every way in which GitHub is known not to show a bill, each by its cause and its fix.</summary>
public sealed class BillingCauseTests
{
    private const string Classic = "ghp_classicTokenOfATestThatNobodyHas000001";
    private const string FineGrained = "github_pat_11TESTONLY0123456789_ofATestThatNobodyHas";
    private const string Installation = "ghs_installationTokenOfATestThatNobodyHas";

    private static readonly Dictionary<string, Failure> Failures = new(StringComparer.Ordinal)
    {
        ["an expired token"] = new(Classic, false, new() { Status = 401, Body = "{}" },
            "TL1031", "expired or revoked", "Make a new one with the scope manage_billing:copilot"),
        ["an expired token of an enterprise"] = new(Classic, true, new() { Status = 401, Body = "{}" },
            "TL1031", "expired or revoked", "manage_billing:enterprise"),
        ["a fine-grained token without the permission"] = new(FineGrained, false, Forbidden(
            ("X-Accepted-GitHub-Permissions", "administration=read")),
            "TL1044", "Accepted permissions: administration=read", "Administration: read"),
        ["a fine-grained token where none is accepted"] = new(FineGrained, false, Forbidden(),
            "TL1041", "a fine-grained token", "Use a classic token"),
        ["a fine-grained token for an enterprise"] = new(FineGrained, true, Forbidden(),
            "TL1041", "a fine-grained token", "manage_billing:enterprise"),
        ["an installation token for an enterprise"] = new(Installation, true, Forbidden(
            ("X-Accepted-GitHub-Permissions", "enterprise_administration=read")),
            "TL1041", "an installation token of a GitHub App", "Use a classic token"),
        ["an App refused for an organisation's billing"] = new(Installation, false, Forbidden(
            ("X-Accepted-GitHub-Permissions", "organization_administration=read")),
            "TL1044", "an installation token", "Administration: read"),
        ["single sign-on"] = new(Classic, true, GitHubFaults.SingleSignOn("acme"),
            "TL1042", "SAML single sign-on", "Configure SSO"),
        ["an IP allow list"] = new(Classic, false, GitHubFaults.AddressNotAllowed("acme"),
            "TL1050", "does not hold the address of this machine", "IP allow list"),
        ["a missing scope"] = new(Classic, false, Forbidden(("X-OAuth-Scopes", "repo, read:org"),
            ("X-Accepted-OAuth-Scopes", "admin:org, manage_billing:copilot")),
            "TL1043", "Accepted scopes: admin:org, manage_billing:copilot. The token's scopes: repo, read:org",
            "adds the scope manage_billing:copilot"),
        ["a missing scope of an enterprise"] = new(Classic, true, Forbidden(("X-OAuth-Scopes", "manage_billing:copilot")),
            "TL1043", "lacks the scope manage_billing:enterprise", "adds the scope manage_billing:enterprise"),
        ["an owner who manages nothing"] = new(Classic, false, Forbidden(("X-OAuth-Scopes", "manage_billing:copilot")),
            "TL1045", "may not see the billing of acme", "billing manager"),
        ["an organisation that is not shown"] = new(Classic, false, new() { Status = 404, Body = "{}" },
            "TL1047", "Perhaps an enterprise holds the billing", "set its slug as Enterprise"),
        ["an enterprise that is not shown"] = new(Classic, true, new() { Status = 404, Body = "{}" },
            "TL1048", "not shown to this token", "Check the slug"),
        ["a renamed account"] = new(Classic, false, new()
        {
            Status = 301, Body = "{}", Headers = { ["Location"] = "/organizations/7/settings/billing/usage" },
        }, "TL1066", "301", "renamed"),
        ["too many requests"] = new(Classic, false, new()
        {
            Status = 429, Body = "{}", Headers = { ["Retry-After"] = "60" },
        }, "TL1061", "60 seconds", "Run this again later"),
        ["a failing GitHub"] = new(Classic, false, new() { Status = 503, Body = "{}" },
            "TL1062", "503", "githubstatus.com"),
        ["a sign-in page"] = new(Classic, false, new() { Status = 200, Body = "<html>Sign in</html>" },
            "TL1064", "is no JSON", "Set TokenLedger:GitHub:ApiUrl to the API"),
        ["JSON of something else"] = new(Classic, false, new() { Status = 200, Body = """{"ok":true}""" },
            "TL1064", "has no usage items", "ApiUrl"),
        ["an answer that is cut off"] = new(Classic, false, new() { IsCut = true },
            "TL1064", "cut off", "proxy"),
        ["a refused request"] = new(Classic, false, new() { Status = 400, Body = "{}" },
            "TL1065", "400", "Check the name"),
    };

    public static TheoryData<string> Names() => [.. Failures.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_failure_of_a_bill_is_told_with_its_cause_and_its_fix(string name)
    {
        await using var consultation = await Consultation.BeginAsync();
        var failure = Failures[name];
        consultation.AddSource(failure.Token, failure.IsEnterprise, "repo");
        consultation.GitHub.Misbehave(failure.Fault with { Path = "settings/billing" });

        var findings = await consultation.AskAsync(IsPassing(failure) ? 0 : 1);

        var polled = Assert.Single(findings, row => row.Check == "Billing" && row.Subject.EndsWith(" ai_credit/usage", StringComparison.Ordinal));
        Assert.Equal((failure.Code, IsPassing(failure) ? "warning" : "problem"), (polled.Code, polled.State));
        Assert.Contains(failure.Seen, polled.Seen);
        Assert.Contains(failure.Fix, polled.Fix);
        // Without a credential there is still a way.
        var way = Assert.Single(findings, row => row.Code == "TL1049");
        Assert.Contains(failure.IsEnterprise ? "import-billing FILE --enterprise acme-inc" : "import-billing FILE --org acme", way.Fix);
    }

    [Fact]
    public async Task An_organisation_whose_enterprise_is_named_is_told_its_slug()
    {
        await using var consultation = await Consultation.BeginAsync();
        consultation.AddSource(Classic, isEnterprise: false, "manage_billing:copilot");
        consultation.GitHub.Misbehave(
            new ProviderFault
            {
                Status = 200, Path = "/orgs/acme", Body = """{"login":"acme","enterprise":{"slug":"acme-inc"}}""",
            });

        var findings = await consultation.AskAsync(1);

        var polled = Assert.Single(findings, row => row.Code == "TL1046" && row.State == "problem");
        Assert.Contains("The enterprise acme-inc holds the billing", polled.Seen);
        Assert.Contains("Enterprise=acme-inc", polled.Fix);
    }

    [Fact]
    public async Task A_polled_view_that_is_refused_beside_a_reached_basis_is_a_warning()
    {
        await using var consultation = await Consultation.BeginAsync();
        consultation.AddSource(Classic, isEnterprise: false, "manage_billing:copilot");
        consultation.GitHub.Add("organizations/acme");
        consultation.GitHub.Misbehave(
            new ProviderFault { Path = "billing/usage", Status = 404, Body = "{}" },
            new ProviderFault { Path = "premium_request", Status = 404, Body = "{}" });

        var findings = await consultation.AskAsync(0);

        var billing = findings.Where(row => row.Check == "Billing").ToList();
        Assert.Equal(
            ["acme ai_credit/usage", "acme usage", "acme usage/summary", "acme premium_request/usage"],
            billing.Select(row => row.Subject));
        // Premium requests are not billed on the day asked for, so that nobody polls them.
        Assert.Equal(["ok", "warning", "warning", "skipped"], billing.Select(row => row.State));
        Assert.Equal("Answered: it is polled.", billing[0].Seen);
        Assert.Equal([null, "TL1047", "TL1047", "TL1047"], billing.Select(row => row.Code));
        Assert.Contains("other views of this bill", billing[1].Seen);
        Assert.Contains("leave the view out with Views", billing[1].Fix);
        Assert.DoesNotContain("Views", billing[3].Fix);
        Assert.Contains(findings, row => row is { Check: "Tokens", State: "ok" } && row.Seen.Contains("a classic token; scopes: manage_billing:copilot", StringComparison.Ordinal));
        // The newest day whose bill is there wherever bills are there at all.
        Assert.Contains(consultation.GitHub.Requests, request => request.Target.Contains("year=2026&month=10&day=10", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_views_leave_out_is_not_polled_and_the_first_that_is_left_is_the_basis()
    {
        await using var consultation = await Consultation.BeginAsync();
        consultation.AddSource(Classic, isEnterprise: false, "manage_billing:copilot");
        consultation.Bench.Variables["TokenLedger__Sources__0__Views__0"] = "usage";
        consultation.GitHub.Add("organizations/acme");
        consultation.GitHub.Misbehave(Forbidden() with { Path = "billing/usage?" });

        var billing = (await consultation.AskAsync(1)).Where(row => row.Check == "Billing").ToList();

        Assert.Equal(["ok", "problem", "ok", "ok"], billing.Select(row => row.State));
        Assert.All([billing[0], billing[2], billing[3]], row => Assert.Equal("Answered; it is not polled.", row.Seen));
        Assert.Equal("TL1045", billing[1].Code);
    }

    [Theory]
    [InlineData(Classic, 403, "repo", "TL1043", "lacks the scope user", "adds the scope user")]
    [InlineData(Classic, 403, "user", "TL1045", "not octo-admin's own", "a token that octo-admin made")]
    [InlineData(FineGrained, 403, null, "TL1044", "without Plan: read", "permission Plan: read")]
    [InlineData(Installation, 403, null, "TL1041", "an installation token", "fine-grained one with Plan: read")]
    [InlineData(Classic, 404, "user", "TL1051", "not octo-admin's own", "Check the login")]
    [InlineData(Classic, 401, null, "TL1031", "expired or revoked", "with the scope user")]
    public async Task A_bill_of_a_user_wants_that_user_s_own_token_and_no_enterprise(
        string token, int status, string? scopes, string code, string seen, string fix)
    {
        await using var consultation = await Consultation.BeginAsync();
        consultation.AddUser(token);
        var fault = new ProviderFault { Status = status, Body = "{}", Path = "/users/octo-admin/settings/billing" };
        if (scopes is not null)
            fault.Headers["X-OAuth-Scopes"] = scopes;
        consultation.GitHub.Misbehave(fault);

        var billing = (await consultation.AskAsync(1)).Where(row => row.Check == "Billing").ToList();

        Assert.Equal(("problem", code), (billing[0].State, billing[0].Code));
        Assert.Contains(seen, billing[0].Seen);
        Assert.Contains(fix, billing[0].Fix);
        Assert.Contains("import-billing FILE --user octo-admin", Assert.Single(billing, row => row.Code == "TL1049").Fix);
        Assert.All(billing, row => Assert.DoesNotContain("nterprise", row.Seen + row.Fix, StringComparison.Ordinal));
        Assert.DoesNotContain(consultation.GitHub.Requests, request => request.Target.Contains("/orgs/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_that_ends_soon_is_told_before_it_does()
    {
        await using var consultation = await Consultation.BeginAsync();
        consultation.AddSource(Classic, isEnterprise: false, "manage_billing:copilot");
        consultation.GitHub.Add("organizations/acme");
        consultation.GitHub.Misbehave(new ProviderFault
        {
            Path = "rate_limit", Headers = { ["GitHub-Authentication-Token-Expiration"] = "2026-10-20 00:00:00 UTC" },
        });

        var token = Assert.Single(await consultation.AskAsync(0), row => row.Check == "Tokens");

        Assert.Equal("TL1032", token.Code);
        Assert.Contains("2026-10-20", token.Seen);
    }

    [Fact]
    public async Task Without_a_network_the_host_is_named_once_and_the_rest_goes_on()
    {
        await using var consultation = await Consultation.BeginAsync();
        consultation.AddSource(Classic, isEnterprise: false, "manage_billing:copilot");
        using var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        consultation.Bench.Variables["TokenLedger__GitHub__ApiUrl"] =
            $"http://127.0.0.1:{((System.Net.IPEndPoint)nobody.LocalEndPoint!).Port}";

        var findings = await consultation.AskAsync(1);

        var told = Assert.Single(findings, row => row.Code == "TL1063");
        Assert.Contains("cannot be reached at 127.0.0.1", told.Seen);
        Assert.All(findings.Where(row => row.Check == "Billing" && row.Code != "TL1049"), row => Assert.Equal("skipped", row.State));
        Assert.Contains(findings, row => row is { Check: "Storage", Code: "TL1012" });
        Assert.Contains(findings, row => row.Code == "TL1049");
    }

    private static bool IsPassing(Failure failure) => failure.Code is "TL1061" or "TL1062";

    private static ProviderFault Forbidden(params (string Name, string Value)[] headers)
    {
        var fault = new ProviderFault { Status = 403, Body = """{"message":"Forbidden"}""" };
        foreach (var (name, value) in headers)
            fault.Headers[name] = value;
        return fault;
    }

    private sealed record Failure(
        string Token, bool IsEnterprise, ProviderFault Fault, string Code, string Seen, string Fix);
}
