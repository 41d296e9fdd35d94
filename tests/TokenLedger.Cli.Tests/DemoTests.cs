namespace TokenLedger.Cli.Tests;

public sealed class DemoTests : IDisposable
{
    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task The_demo_goes_the_whole_way_and_is_the_same_every_time()
    {
        bench.WriteRun(101, "acme/api", "2026-10-01", models: ["claude-sonnet-5"]);
        Directory.CreateDirectory(bench.Path("samples"));
        Directory.Move(bench.Path("logs"), bench.Path("samples/run-logs"));
        File.AppendAllText(bench.Path("samples/run-logs/run-101/token-usage.jsonl"), "broken\n");
        bench.Write("samples/bills/ai.csv", Workbench.BillHeader
            + "2026-10-01,,copilot,copilot_ai_credit,Claude Sonnet 5,1,ai-credits,0.01,0.01,0,0.01,acme,acme/api,\n");
        bench.Write("samples/demo.json", """
            {"organization":"acme","from":"2026-10-01","to":"2026-10-03","now":"2026-10-10T00:00:00Z",
             "config":null,"evidence":["run-logs"],
             "imports":[{"path":"bills/ai.csv","observedAt":"2026-10-02T06:00:00Z"}]}
            """);

        var first = await bench.RunAsync("demo", "--output", bench.Path("out"));
        var artifact = await File.ReadAllTextAsync(bench.Path("out/reconciliation.json"), Workbench.Token);
        var second = await bench.RunAsync("demo", "--output", bench.Path("out"));

        Assert.Equal(0, first.Code);
        Assert.Equal(first.Out, second.Out);
        Assert.Contains("Rejected input", first.Out);
        Assert.Equal(artifact, await File.ReadAllTextAsync(bench.Path("out/reconciliation.json"), Workbench.Token));
        Assert.Equal(0, (await bench.RunAsync("verify", bench.Path("out/reconciliation.json"))).Code);
    }

    [Fact]
    public async Task Missing_samples_are_named()
    {
        var result = await bench.RunAsync("demo");

        Assert.Equal(1, result.Code);
        Assert.Contains("demo.json is missing", result.Error);
    }
}
