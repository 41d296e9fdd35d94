namespace TokenLedger.Cli.Tests;

public sealed class PricesTests : IDisposable
{
    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_price_file_prices_what_it_names_and_leaves_the_rest()
    {
        bench.WriteRun(101, "acme/api", "2026-10-01", models: ["claude-sonnet-5", "model-of-tomorrow"]);
        Assert.Equal(0, (await bench.RunAsync("ingest", bench.Path("logs"))).Code);
        var prices = bench.Write("prices.json", """
            {"schema":"tokenledger/prices/v1","aliases":{},"autoDiscounts":[],"rows":[
              {"channel":"copilot","model":"model-of-tomorrow","validFrom":null,"validTo":null,"promptTokensAbove":0,
               "usdPerMillionTokens":{"input":"10","output":"20","cacheRead":"1","cacheWrite5m":"12.5","cacheWrite1h":null},
               "source":"our contract","asOf":"2026-10-01","verified":true}]}
            """);

        var without = await bench.RunAsync("usage", "--by", "model", "--format", "csv");
        var with = await bench.RunAsync("usage", "--by", "model", "--format", "csv", "--prices", prices);

        // 1,000 tokens in and out: 3 credits at 10 and 20 USD a million, 1.2 at the shipped 2 and 10.
        Assert.Contains("model-of-tomorrow,1,1,1000,1000,0,0,,1", without.Out);
        Assert.Contains("model-of-tomorrow,1,1,1000,1000,0,0,3,0", with.Out);
        Assert.Contains("claude-sonnet-5,1,1,1000,1000,0,0,1.2,0", with.Out);
    }

    [Fact]
    public async Task A_faulty_price_file_is_refused_with_every_fault()
    {
        bench.WriteRun(101, "acme/api", "2026-10-01", models: ["claude-sonnet-5"]);
        await bench.RunAsync("ingest", bench.Path("logs"));
        var prices = bench.Write("prices.json", """
            {"schema":"tokenledger/prices/v1","aliases":{},"autoDiscounts":[],"rows":[
              {"channel":"copilot","model":"m","validFrom":null,"validTo":null,"promptTokensAbove":7,
               "usdPerMillionTokens":{"input":"-1","output":"20","cacheRead":"1","cacheWrite5m":"1","cacheWrite1h":null},
               "source":"x","asOf":"2026-10-01","verified":true}]}
            """);

        var result = await bench.RunAsync("usage", "--prices", prices);

        Assert.Equal(2, result.Code);
        Assert.Contains("prices.json is no sound price file", result.Error);
        Assert.Contains("the threshold must be one of", result.Error + result.Out);
        Assert.Contains("negative", result.Error + result.Out);
    }
}
