using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using TokenLedger.Infra.Tests.Costs;
using TokenLedger.Infra.Tests.Planning;

namespace TokenLedger.Infra.Tests;

/// <summary>The cost tables are computed, from calls that a test has counted.</summary>
public sealed partial class CostTests(Plans plans)
{
    private const string Counting = "tests/TokenLedger.Functions.Tests/EndToEnd/ServiceTests.cs";

    private static readonly CostModel Model = new(Inputs());

    /// <summary>When this fails, copy the counts that the counting test prints into infra/costs.json.</summary>
    [Fact]
    public void The_storage_calls_of_a_run_are_those_that_are_counted() => Assert.Equal(
        decimal.Parse(Bound().Match(Repository.Read(Counting)).Groups[1].Value, CultureInfo.InvariantCulture),
        Model.StorageCallsPerRun);

    /// <summary>Set TOKENLEDGER_REFRESH=1 to write the documents instead of comparing them.</summary>
    [Theory]
    [InlineData("docs/deploy.md", true)]
    [InlineData("README.md", false)]
    public void The_documents_say_what_is_computed(string document, bool isWhole)
    {
        var text = Repository.Read(document);
        var expected = "<!-- costs:start -->\n" + (isWhole ? Model.Tables : Model.Summary + "\n") + "<!-- costs:end -->";
        Assert.True(Block().IsMatch(text), $"{document} has no costs.");
        var written = Block().Replace(text, expected.Replace("$", "$$", StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("TOKENLEDGER_REFRESH") == "1")
            File.WriteAllText(Repository.PathOf(document), written);
        else
            Assert.Equal(written, text);
    }

    [Fact]
    public void A_price_that_is_unknown_is_in_no_sum_and_is_told()
    {
        using var inputs = JsonDocument.Parse("""
            {"runs":10,"meters":{"a":{"per":100,"usd":5,"source":"s"},"b":{"per":1,"usd":null,"source":"unknown"}},
             "perRun":[{"what":"x","meter":"a","quantity":2,"basis":"counted","isStorageCall":true},
                       {"what":"y","meter":"b","quantity":1,"basis":"counted"}],
             "perMonth":[{"what":"z","meter":"a","quantity":100,"basis":"computed","isOptional":true}]}
            """);
        var model = new CostModel(inputs.RootElement);
        Assert.Equal(1m, CostModel.SumOf(model.PerRuns));
        Assert.Equal(0m, CostModel.SumOf(model.PerMonth));
        Assert.Equal(2m, model.StorageCallsPerRun);
        Assert.Contains("| y | 10 | b | counted | unknown | unknown |", model.Tables, StringComparison.Ordinal);
        Assert.StartsWith("About 1.00 USD for 10 runs and 0.00 USD a month", model.Summary, StringComparison.Ordinal);
        Assert.Contains("without b,", model.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_many_alert_rules_are_paid_for_as_there_are()
    {
        var plan = await plans.LeastAsync();
        Assert.Equal(
            plan.OfType("Microsoft.Insights/scheduledQueryRules").Count(),
            Model.PerMonth.Single(item => item.Meter == "alert rules").Quantity);
    }

    private static JsonElement Inputs()
    {
        using var document = JsonDocument.Parse(Repository.Read("infra/costs.json"));
        return document.RootElement.Clone();
    }

    [GeneratedRegex(@"CallsMax = (\d+);", RegexOptions.None, 1000)]
    private static partial Regex Bound();

    [GeneratedRegex("<!-- costs:start -->.*?<!-- costs:end -->", RegexOptions.Singleline, 1000)]
    private static partial Regex Block();
}
