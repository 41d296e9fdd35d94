using System.Text.Json.Nodes;

namespace TokenLedger.Cli.Tests;

public sealed class RepeatedBillTests : IDisposable
{
    private const string FirstRow =
        "2026-10-01,,copilot,copilot_ai_credit,Claude Sonnet 5,120,ai-credits,0.01,1.2,0.9,0.3,acme,acme/api,\n";

    private const string SecondRow =
        "2026-10-01,,copilot,copilot_ai_credit,GPT-5 mini,10,ai-credits,0.01,0.1,0,0.1,acme,,\n";

    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_folder_of_bills_that_repeat_each_other_changes_nothing_when_imported_again()
    {
        bench.Write("bills/1.csv", Workbench.BillHeader + FirstRow);
        bench.Write("bills/2.csv", Workbench.BillHeader + FirstRow + "\n");
        await bench.RunAsync("import-billing", bench.Path("bills"));
        var first = await ArtifactAsync();
        // The same bytes under another name are the same file.
        bench.Write("bills/3.csv", Workbench.BillHeader + FirstRow);

        for (var time = 0; time < 3; time++)
        {
            bench.Now = bench.Now.AddDays(2);
            await bench.RunAsync("import-billing", bench.Path("bills"));
        }

        Assert.Equal(
            (string)first["settlement"]![0]!["status"]!, (string)(await ArtifactAsync())["settlement"]![0]!["status"]!);
        Assert.Equal(1, (int)(await ArtifactAsync())["settlement"]![0]!["observations"]!);
    }

    [Theory]
    [InlineData("whole cut", 1.3)]
    [InlineData("cut whole", 1.3)]
    [InlineData("whole cut whole", 1.3)]
    [InlineData("cut", 1.2)]
    public async Task A_bill_that_was_cut_off_makes_no_bill_smaller_and_is_named(string files, double gross)
    {
        bench.Write("whole.csv", Workbench.BillHeader + FirstRow + SecondRow);
        bench.Write("cut.csv", Workbench.BillHeader + FirstRow + SecondRow[..40]);
        foreach (var file in files.Split(' '))
        {
            bench.Now = bench.Now.AddDays(1);
            await bench.RunAsync("import-billing", bench.Path(file + ".csv"));
        }

        var artifact = await ArtifactAsync();

        Assert.Equal((decimal)gross, (decimal)artifact["totals"]!["billedGrossUsd"]!);
        var isNamed = artifact["warnings"]!.AsArray().Any(
            warning => (string)warning!["code"]! == "bill-incomplete");
        Assert.Equal(files != "cut whole", isNamed);
        bench.Write("artifact.json", artifact.ToJsonString());
        Assert.Equal(0, (await bench.RunAsync("verify", bench.Path("artifact.json"))).Code);
    }

    private async Task<JsonNode> ArtifactAsync() =>
        JsonNode.Parse((await bench.ReconcileAsync("--format", "json")).Out)!;
}
