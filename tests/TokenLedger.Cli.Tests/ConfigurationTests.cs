using System.Security.Cryptography;
using System.Text.Json.Nodes;
using TokenLedger.Hosting.Configuration;

namespace TokenLedger.Cli.Tests;

public sealed class ConfigurationTests : IDisposable
{
    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Everything_wrong_is_reported_at_once()
    {
        var config = bench.Write("c.json", """
            {"Logging":{"Level":"x"},"TokenLedger":{"Storage":{"Kind":"tape"},"Sorces":"?",
             "Sources":[{"Name":"a","Pays":{"Repositories":["nope"],"Payers":["boss"]},
              "Buckets":[{"Exclusive":"maybe"}]}]}}
            """);
        bench.Variables["TokenLedger__Storage__Secret"] = "@Microsoft.KeyVault(x)";

        var result = await bench.RunAsync("schema", "--config", config);

        Assert.Equal(2, result.Code);
        string[] parts =
        [
            "Storage:Kind", "Sorces", "Sources:0:Kind", "'nope'", "'boss'", "Exclusive", "Storage:Secret", "Key Vault",
        ];
        Assert.All(parts, part => Assert.Contains(part, result.Error));
        Assert.DoesNotContain("Logging", result.Error);
    }

    [Fact]
    public async Task Every_bad_address_number_and_secret_is_named_and_no_secret_is_shown()
    {
        var config = bench.Write("c.json", """
            {"TokenLedger":{"Storage":{"Kind":"azure","Azure":{"ConnectionString":"Key=s3cr3t","AccountName":"No-Name",
              "BlobEndpoint":"http://blobs.example"}},
             "GitHub":{"ApiUrl":"https://me:s3cr3t@api.example","Token":"s3cr3t token","AppId":"-4",
              "WebhookSecrets":["", "s3cr3t"],"PrivateKey":"@Microsoft.KeyVault(s3cr3t)"},
             "Sources":[{"Name":"a","Kind":"github","ApiUrl":"ftp://x","Token":"s3cr3t\nx"}]}}
            """);

        var result = await bench.RunAsync("schema", "--config", config);

        Assert.Equal(2, result.Code);
        string[] parts =
        [
            "Storage:Azure has a ConnectionString and an AccountName", "Azure:AccountName must", "Azure:BlobEndpoint must",
            "GitHub:ApiUrl must", "GitHub:Token is no token", "GitHub:AppId must", "WebhookSecrets:0 is empty",
            "GitHub:PrivateKey is an unresolved", "Sources:0:ApiUrl must", "Sources:0:Token is no token",
        ];
        Assert.All(parts, part => Assert.Contains(part, result.Error));
        Assert.DoesNotContain("s3cr3t", result.Error);
    }

    [Fact]
    public void An_Apps_key_is_taken_as_text_with_line_ends_written_out_or_as_a_path()
    {
        using var key = RSA.Create(2048);
        var pem = key.ExportRSAPrivateKeyPem();
        string[] ways =
        [
            pem, pem + "\n", pem.Replace("\n", "\\n", StringComparison.Ordinal), key.ExportPkcs8PrivateKeyPem(),
            bench.Write("app.pem", pem),
        ];
        bench.Variables["TokenLedger__GitHub__AppId"] = "7";
        Assert.All(ways, way =>
        {
            bench.Variables["TokenLedger__GitHub__PrivateKey"] = way;
            using var read = RSA.Create();
            read.ImportFromPem(ConfigurationReader.Read(null, bench.Variables).GitHub.PrivateKey!.Reveal());
            Assert.Equal(key.ExportRSAPublicKey(), read.ExportRSAPublicKey());
        });
    }

    [Theory]
    [InlineData("s3cr3t", "is neither a PEM nor the path")]
    [InlineData("/no/such/s3cr3t.pem", "is neither a PEM nor the path")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\ns3cr3t\n-----END RSA PRIVATE KEY-----", "is no RSA private key")]
    [InlineData("-----BEGIN CERTIFICATE-----\nczNjcjN0\n-----END CERTIFICATE-----", "is no RSA private key")]
    public async Task A_bad_key_of_an_App_is_named_and_not_shown(string key, string expected)
    {
        bench.Variables["TokenLedger__GitHub__AppId"] = "7";
        bench.Variables["TokenLedger__GitHub__PrivateKey"] = key;

        var result = await bench.RunAsync("schema");

        Assert.Equal(2, result.Code);
        Assert.Contains("GitHub:PrivateKey " + expected, result.Error);
        Assert.DoesNotContain("s3cr3t", result.Error);
    }

    [Fact]
    public async Task Half_an_App_is_none()
    {
        bench.Variables["TokenLedger__GitHub__AppId"] = "7";
        Assert.Contains("go together", (await bench.RunAsync("schema")).Error);
    }

    [Fact]
    public void When_late_artifacts_are_looked_for_is_configured_or_usual()
    {
        Assert.Equal([30, 120, 600], Retries());
        bench.Variables["TokenLedger__Collecting__RetrySeconds__0"] = "0";
        bench.Variables["TokenLedger__Collecting__RetrySeconds__1"] = "86400";
        Assert.Equal([0, 86_400], Retries());
        bench.Variables["TokenLedger__Collecting__RetrySeconds__1"] = "86401";
        Assert.Throws<InvalidConfigurationException>(Retries);

        IEnumerable<double> Retries() => ConfigurationReader.Read(null, bench.Variables).CollectingRetries
            .Select(delay => delay.TotalSeconds).ToList();
    }

    [Fact]
    public async Task A_ledger_on_Azure_needs_an_account_and_is_not_mistaken_for_a_file()
    {
        bench.Variables["TokenLedger__Storage__Kind"] = "azure";
        Assert.Contains("needs a ConnectionString", (await bench.RunAsync("schema")).Error);
        bench.Variables["TokenLedger__Storage__Azure__AccountName"] = "acmeledger";
        Assert.Equal(0, (await bench.RunAsync("schema")).Code);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var environment = new CliEnvironment { Variables = bench.Variables, SamplesFolder = "" };

        Assert.Equal(2, await CliApplication.InvokeAsync(
            ["serve"], output, error, TimeProvider.System, environment, Workbench.Token));

        Assert.Contains("on Azure", error.ToString());
    }

    [Fact]
    public void The_common_address_and_token_are_those_of_every_github_source_that_has_no_other()
    {
        bench.Variables["TokenLedger__GitHub__ApiUrl"] = "https://api.acme.ghe.com";
        bench.Variables["TokenLedger__GitHub__Token"] = "common\n";
        string[] sources =
        [
            """{"Name":"a","Kind":"github"}""", """{"Name":"b","Kind":"github","Token":"own"}""",
            """{"Name":"c","Kind":"github","ApiUrl":"https://ghes.example/api/v3/"}""",
            """{"Name":"d","Kind":"openai"}""",
        ];

        var read = ConfigurationReader.Read(
            bench.Write("c.json", $$$"""{"TokenLedger":{"Sources":[{{{string.Join(',', sources)}}}]}}"""), bench.Variables);

        Assert.Equal(["common", "own", null, null], read.Sources.Select(source => source.Token?.Reveal()));
        Assert.Equal(
            ["https://api.acme.ghe.com/", "https://api.acme.ghe.com/", "https://ghes.example/api/v3/", null],
            read.Sources.Select(source => source.ApiUrl?.AbsoluteUri));
        Assert.DoesNotContain("common", read.ToString() + read.GitHub + read.Sources[0]);
    }

    [Theory]
    [InlineData("""{"TokenLedger":"x"}""")]
    [InlineData("""{"TokenLedger:":"x"}""")]
    public async Task A_text_where_keys_belong_is_wrong_configuration(string json)
    {
        var result = await bench.RunAsync("schema", "--config", bench.Write("c.json", json));

        Assert.Equal(2, result.Code);
        Assert.Contains("TokenLedger must be an object with keys", result.Error);
    }

    [Fact]
    public async Task An_environment_variable_wins_over_the_file_and_a_flag_over_both()
    {
        var config = bench.Write("c.json", """{"TokenLedger":{"Storage":{"Sqlite":{"Path":"/nowhere/file.db"}}}}""");
        bench.Variables["TokenLedger__Storage__Sqlite__Path"] = bench.Path("environment.db");
        using var output = new StringWriter();
        using var error = new StringWriter();
        var environment = new CliEnvironment { Variables = bench.Variables, SamplesFolder = "" };
        var log = bench.WriteRun(101, "acme/api", "2026-10-01", models: ["claude-sonnet-5"]);

        Assert.Equal(0, await CliApplication.InvokeAsync(
            ["ingest", log, "--config", config], output, error, TimeProvider.System, environment, Workbench.Token));
        Assert.Equal(0, (await bench.RunAsync("ingest", log, "--config", config)).Code);

        Assert.True(File.Exists(bench.Path("environment.db")));
        Assert.True(File.Exists(bench.Path("ledger.db")));
    }

    [Fact]
    public async Task A_configured_account_pays_for_the_runs_of_a_key()
    {
        await bench.FillAsync();
        var config = bench.Write("c.json", """
            {"TokenLedger":{"Sources":[{"Name":"Acme AI","Kind":"anthropic","Pays":{"Organizations":["acme"]}}]}}
            """);

        var artifact = JsonNode.Parse((await bench.ReconcileAsync("--format", "json", "--config", config)).Out)!;

        var keyed = artifact["runs"]!.AsArray().Single(run => (long)run!["runId"]! == 104)!;
        Assert.Equal("estimated", (string)keyed["models"]![0]!["state"]!);
        Assert.Contains(
            artifact["settlement"]!.AsArray(), day => (string)day!["account"]! == "anthropic:organization:acme ai");
    }

    [Theory]
    [InlineData("copilot", "organization", "organization")]
    [InlineData("copilot", "user:mona", "user:mona")]
    [InlineData("anthropic", "organization", "unknown")]
    public async Task Configuration_names_the_payer_of_a_run_that_names_none(
        string provider, string payer, string expected)
    {
        await bench.RunAsync(
            "ingest", bench.WriteRun(101, "acme/api", "2026-10-01", "Triage", provider, "claude-sonnet-5"));
        var config = bench.Write("c.json", """
            {"TokenLedger":{"Sources":[{"Name":"a","Kind":"github","Organization":"acme",
             "Pays":{"Organizations":["acme"],"Payers":["PAYER"]}}]}}
            """.Replace("PAYER", payer));

        var artifact = JsonNode.Parse((await bench.ReconcileAsync("--format", "json", "--config", config)).Out)!;

        Assert.Equal(expected, (string)artifact["runs"]![0]!["payer"]!);
    }

    [Fact]
    public async Task An_enterprise_outranks_its_organisations_and_its_bill_reaches_their_runs()
    {
        await bench.FillAsync();
        var bill = bench.Write("enterprise/big.csv", Workbench.BillHeader
            + "2026-10-01,,copilot,copilot_ai_credit,Claude Sonnet 5,1,ai-credits,0.01,0.01,0,0.01,acme,acme/api,red\n"
            + "2026-10-01,,copilot,copilot_ai_credit,Claude Sonnet 5,2,ai-credits,1,0.02,0,0.02,other,other/x,blue\n");
        Assert.Equal(0, (await bench.RunAsync("import-billing", bill, "--enterprise", "big")).Code);

        // The other organisation's run is estimated at 1.2 credits: the rest of its row is somebody else's.
        Assert.Equal((3m, 2.2m), await BilledAsync("--enterprise", "big"));
        Assert.Equal((1m, 1m), await BilledAsync("--enterprise", "big", "--cost-center", "RED"));
        Assert.Equal((1m, 1m), await BilledAsync("--org", "acme"));

        async Task<(decimal Billed, decimal Allocated)> BilledAsync(params string[] scope)
        {
            var result =
                await bench.RunAsync(
                    ["reconcile", .. scope, "--from", "2026-10-01", "--to", "2026-10-02", "--format", "json"]);
            Assert.Equal(0, result.Code);
            var totals = JsonNode.Parse(result.Out)!["totals"]!;
            return ((decimal)totals["billedAiCredits"]!, (decimal)totals["allocatedAiCredits"]!);
        }
    }
}
