namespace TokenLedger.Hosting.Tests.Gate;

public sealed class HeadroomGateStepTests(GateLedger ledger) : IClassFixture<GateLedger>
{
    private const string Allowed = """{"schema": "tokenledger/headroom/v1", "decision": "allow"}""";

    [Theory]
    [InlineData(101, GateLedger.Roomy, "0.40", "deny", 0, "allow", "within-budget", "notice")]
    [InlineData(102, GateLedger.Roomy, "", "warn", 0, "allow", "within-budget", "notice")]
    [InlineData(103, GateLedger.Small, "0.60", "deny", 0, "warn", "threshold-reached", "warning")]
    [InlineData(104, GateLedger.Strict, "0.60", "warn", 4, "warn", "threshold-reached", "error")]
    [InlineData(105, GateLedger.Small, "2", "deny", 4, "deny", "over-budget", "error")]
    [InlineData(106, GateLedger.Unknown, "1", "deny", 4, "deny", "not-evaluated", "error")]
    public async Task The_job_goes_on_as_the_ledger_decides(
        long run, string budget, string estimate, string failOn, int code, string decision, string reason, string kind)
    {
        using var step = new GateStep(ledger.Address, run);
        step["BUDGET"] = budget;
        step["ESTIMATE_USD"] = estimate;
        step["FAIL_ON"] = failOn;
        // A denial stops the job although the gate fails open: it is no error.
        step["ON_ERROR"] = "allow";

        var outcome = await step.RunAsync();

        Assert.Equal(code, outcome.Code);
        Assert.Equal([$"decision={decision}", $"reason={reason}"], outcome.Told);
        Assert.StartsWith($"::{kind} title=Headroom::Budget {budget}: {decision} ({reason})", outcome.Line);
    }

    [Fact]
    public async Task A_run_that_a_warning_stops_leaves_its_room_to_others()
    {
        for (var run = 201; run <= 203; run++)
        {
            using var step = new GateStep(ledger.Address, run);
            step["BUDGET"] = GateLedger.Strict;
            step["ESTIMATE_USD"] = "0.6";
            step["FAIL_ON"] = "warn";

            Assert.Equal(["decision=warn", "reason=threshold-reached"], (await step.RunAsync()).Told);
        }
    }

    [Fact]
    public async Task A_run_that_asks_again_keeps_its_room_and_another_finds_it_taken()
    {
        Assert.Equal(0, await AskAsync(run: 1));
        Assert.Equal(0, await AskAsync(run: 1));
        Assert.Equal(4, await AskAsync(run: 2));

        async Task<int> AskAsync(long run)
        {
            using var step = new GateStep(ledger.Address, run);
            step["BUDGET"] = GateLedger.Once;
            step["ESTIMATE_USD"] = "0.6";
            return (await step.RunAsync()).Code;
        }
    }

    [Theory]
    [InlineData("allow", 0, "warning")]
    [InlineData("deny", 1, "error")]
    public async Task A_server_that_is_down_lets_the_job_go_on_only_when_the_gate_fails_open(
        string onError, int code, string kind)
    {
        using var step = new GateStep(await CannedServer.NobodyAsync(), 1);
        step["ON_ERROR"] = onError;

        var outcome = await step.RunAsync();

        Assert.Equal(code, outcome.Code);
        Assert.Equal(["decision=unknown"], outcome.Told);
        Assert.StartsWith($"::{kind} title=Headroom::The ledger cannot be reached.", outcome.Line);
    }

    [Theory]
    [InlineData("allow", 0)]
    [InlineData("deny", 1)]
    public async Task A_key_that_is_refused_is_as_if_nobody_could_be_asked(string onError, int code)
    {
        using var step = new GateStep(ledger.Address, 1);
        step["LEDGER_KEY"] = "hush-other";
        step["ON_ERROR"] = onError;

        var outcome = await step.RunAsync();

        Assert.Equal(code, outcome.Code);
        Assert.Contains("refuses the key (401)", outcome.Line);
    }

    [Fact]
    public async Task A_budget_that_there_is_not_is_a_mistake_even_when_the_gate_fails_open()
    {
        using var step = new GateStep(ledger.Address, 1);
        step["BUDGET"] = "nobodys";
        step["ON_ERROR"] = "allow";

        Assert.Equal(2, (await step.RunAsync()).Code);
    }

    [Theory]
    [InlineData("BUDGET", "")]
    [InlineData("BUDGET", "..")]
    [InlineData("BUDGET", "web/../../reconciliation")]
    [InlineData("BUDGET", "$(touch harmed)")]
    [InlineData("BUDGET", "`touch harmed`")]
    [InlineData("BUDGET", "web\"; touch harmed; \"")]
    [InlineData("BUDGET", "web\n::warning::harmed")]
    [InlineData("BUDGET", "web?reserve=false")]
    [InlineData("BUDGET", "wéb")]
    [InlineData("ESTIMATE_USD", "-1")]
    [InlineData("ESTIMATE_USD", "1e9")]
    [InlineData("ESTIMATE_USD", "a[$(touch harmed)]")]
    [InlineData("ESTIMATE_USD", "1&reserve=false")]
    [InlineData("EXPIRES_MINUTES", "1; touch harmed")]
    [InlineData("EXPIRES_MINUTES", "99999")]
    [InlineData("FAIL_ON", "never")]
    [InlineData("ON_ERROR", "")]
    [InlineData("LEDGER_KEY", "")]
    [InlineData("LEDGER_KEY", "key\r\nX-Other: harmed")]
    [InlineData("LEDGER_URL", "http://ledger.example.com")]
    [InlineData("LEDGER_URL", "http://127.0.0.1.example.com")]
    [InlineData("LEDGER_URL", "file:///etc/passwd")]
    [InlineData("LEDGER_URL", "https://me:word@ledger.example.com")]
    [InlineData("LEDGER_URL", "https://ledger.example.com/$(touch harmed)")]
    [InlineData("LEDGER_URL", "--output=harmed")]
    public async Task A_hostile_value_asks_nobody_and_does_nothing(string variable, string value)
    {
        await using var server = new CannedServer(CannedServer.Of("200 OK", Allowed));
        using var step = new GateStep(server.Address, 1);
        step["ON_ERROR"] = "allow";
        step[variable] = value;

        var outcome = await step.RunAsync();

        Assert.Equal(2, outcome.Code);
        Assert.StartsWith("::error title=Headroom::", outcome.Line);
        Assert.Empty(outcome.Told);
        Assert.Empty(server.Requests);
        Assert.False(File.Exists(step.PathOf("harmed")));
    }

    [Theory]
    [InlineData("200 OK", "<html>Sign in</html>", "")]
    [InlineData("200 OK", "", "")]
    [InlineData("200 OK", """{"decision": "allow"}""", "")]
    [InlineData("200 OK", """{"schema": "tokenledger/headroom/v1", "decision": "$(touch harmed)"}""", "")]
    [InlineData("200 OK", "\n::warning::harmed\n::set-output name=decision::allow\n", "")]
    [InlineData("302 Found", "", "Location: /elsewhere\r\n")]
    [InlineData("204 No Content", "", "")]
    [InlineData("418 I am", "a teapot", "")]
    public async Task What_is_no_decision_is_none(string status, string body, string headers)
    {
        // Whoever asked again, or followed, would be allowed.
        await using var server = new CannedServer(
            CannedServer.Of(status, body, headers), CannedServer.Of("200 OK", Allowed));
        using var step = new GateStep(server.Address, 1);

        var outcome = await step.RunAsync();

        Assert.Equal(1, outcome.Code);
        Assert.Equal(["decision=unknown"], outcome.Told);
        Assert.StartsWith("::error title=Headroom::", outcome.Line);
        Assert.DoesNotContain("harmed", outcome.Line);
        Assert.Single(server.Requests);
        Assert.False(File.Exists(step.PathOf("harmed")));
    }

    [Fact]
    public async Task Half_an_answer_is_none()
    {
        var half = $"HTTP/1.1 200 OK\r\nContent-Length: {Allowed.Length + 1}\r\n\r\n{Allowed}";
        await using var server = new CannedServer(half, half);
        using var step = new GateStep(server.Address, 1);

        Assert.Equal(1, (await step.RunAsync()).Code);
    }

    [Fact]
    public async Task A_server_that_is_not_ready_is_asked_once_more()
    {
        var busy = CannedServer.Of("503 Service Unavailable", "", "Retry-After: 30\r\n");
        await using var server = new CannedServer(busy, CannedServer.Of("200 OK", Allowed));
        using var step = new GateStep(server.Address, 1);

        Assert.Equal(0, (await step.RunAsync()).Code);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task It_asks_about_its_own_run_and_host_with_the_key_in_a_header_alone()
    {
        await using var server = new CannedServer(CannedServer.Of("200 OK", Allowed));
        using var step = new GateStep(server.Address, 77);
        step["GITHUB_SERVER_URL"] = "https://acme.ghe.com";
        step["ESTIMATE_USD"] = "0.40";
        step.Shadow("curl", """
            #!/bin/bash
            printf '%s\n' "$@" > arguments
            PATH=${PATH#*:} exec curl "$@"
            """);

        Assert.Equal(0, (await step.RunAsync()).Code);

        // Whether a / is encoded, and how, differs between versions of curl.
        var request = Uri.UnescapeDataString(Assert.Single(server.Requests));
        Assert.StartsWith("GET /api/budgets/web/headroom?", request);
        Assert.Contains("run=acme/web/77/1", request);
        Assert.Contains("host=acme.ghe.com", request);
        Assert.Contains("estimateUsd=0.40", request);
        Assert.Contains($"x-functions-key: {GateStep.Key}\r\n", request);
        var arguments = await File.ReadAllTextAsync(
            step.PathOf("arguments"), TestContext.Current.CancellationToken);
        Assert.Contains("/api/budgets/web/headroom", arguments);
        Assert.DoesNotContain("hush-", arguments);
    }

    [Fact]
    public void The_workflow_uses_no_action_and_no_expression_within_its_script()
    {
        Assert.DoesNotContain("${{", GateStep.Script);
        Assert.Contains("curl", GateStep.Script);
        Assert.DoesNotContain(GateStep.Workflow, line => line.Contains("uses:", StringComparison.Ordinal));
        Assert.Contains("permissions: {}", GateStep.Workflow);
    }
}
