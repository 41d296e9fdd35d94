using System.Formats.Tar;

namespace TokenLedger.Cli.Tests;

public sealed class HostilePathTests : IDisposable
{
    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData(3, "TL0306", "ingest", "{pipes}/token-usage.jsonl", "--repo", "acme/api", "--run-id", "5")]
    [InlineData(3, "TL0306", "ingest", "{pipes}", "--repo", "acme/api", "--run-id", "5")]
    [InlineData(3, "TL0306", "ingest", "{link}")]
    [InlineData(3, "TL0905", "import-billing", "{pipes}/bill.csv")]
    [InlineData(3, "TL0905", "import-billing", "{pipes}")]
    [InlineData(2, "pipe or device", "verify", "{pipes}/bill.csv")]
    [InlineData(2, "pipe or device", "usage", "--prices", "{pipes}/bill.csv")]
    [InlineData(2, "pipe or device", "usage", "--config", "{pipes}/bill.csv")]
    public async Task A_pipe_that_nobody_writes_to_is_not_waited_for(int code, string expected, params string[] args)
    {
        var pipes = Directory.CreateDirectory(bench.Path("pipes")).FullName;
        new PaxTarEntry(TarEntryType.Fifo, "p").ExtractToFile(Path.Combine(pipes, "token-usage.jsonl"), false);
        new PaxTarEntry(TarEntryType.Fifo, "p").ExtractToFile(Path.Combine(pipes, "bill.csv"), false);
        File.CreateSymbolicLink(bench.Path("link.jsonl"), Path.Combine(pipes, "token-usage.jsonl"));
        var paths = args.Select(arg => arg
            .Replace("{pipes}", pipes, StringComparison.Ordinal)
            .Replace("{link}", bench.Path("link.jsonl"), StringComparison.Ordinal)).ToArray();

        var result = await Task.Run(() => bench.RunAsync(paths), Workbench.Token)
            .WaitAsync(TimeSpan.FromSeconds(20), Workbench.Token);

        Assert.Equal(code, result.Code);
        Assert.Contains(expected, result.Error);
    }

    [Fact]
    public async Task An_empty_file_is_a_file()
    {
        bench.Write("empty.csv", "");

        Assert.Contains("TL0602", (await bench.RunAsync("import-billing", bench.Path("empty.csv"))).Error);
    }

    [Fact]
    public async Task Output_to_a_device_leaves_the_device_in_place()
    {
        await bench.FillAsync();
        // By a link, so that a fault replaces the link and not this machine's device.
        File.CreateSymbolicLink(bench.Path("nothing"), "/dev/null");

        var result = await bench.ReconcileAsync("--output", bench.Path("nothing"));

        Assert.Equal(0, result.Code);
        Assert.Equal("/dev/null", new FileInfo(bench.Path("nothing")).LinkTarget);
    }

    [Fact]
    public async Task Output_to_a_link_replaces_what_it_leads_to()
    {
        await bench.FillAsync();
        bench.Write("real.json", "old");
        File.CreateSymbolicLink(bench.Path("link.json"), bench.Path("real.json"));

        Assert.Equal(0, (await bench.ReconcileAsync("--output", bench.Path("link.json"))).Code);

        Assert.Equal(bench.Path("real.json"), new FileInfo(bench.Path("link.json")).LinkTarget);
        Assert.Equal(0, (await bench.RunAsync("verify", bench.Path("real.json"))).Code);
    }

    [Fact]
    public async Task An_output_that_cannot_be_written_fails_before_anything_is_printed()
    {
        await bench.FillAsync();

        var result = await bench.ReconcileAsync("--output", bench.Path("logs"));

        Assert.Equal(1, result.Code);
        Assert.Empty(result.Out);
        Assert.Contains("logs cannot be written", result.Error);
        Assert.DoesNotContain(".tmp", result.Error);
    }

    [Fact]
    public async Task A_linked_folder_of_bills_is_named_and_not_entered()
    {
        await bench.FillAsync();
        Directory.CreateSymbolicLink(bench.Path("bills/again"), bench.Path("bills"));

        var result = await bench.RunAsync("import-billing", bench.Path("bills"));

        Assert.Equal(3, result.Code);
        Assert.Contains("TL0906", result.Error);
        Assert.Single(result.Out.Split('\n'), line => line.StartsWith("ai.csv", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_without_bills_is_a_problem()
    {
        Directory.CreateDirectory(bench.Path("nothing"));

        var result = await bench.RunAsync("import-billing", bench.Path("nothing"));

        Assert.Equal(3, result.Code);
        Assert.Contains("TL0907", result.Error);
    }

    [Fact]
    public async Task A_damaged_ledger_says_where_the_raw_files_are()
    {
        await bench.FillAsync();
        using (var file = File.OpenWrite(bench.Path("ledger.db")))
            file.SetLength(9000);

        var result = await bench.RunAsync("runs");

        Assert.Equal(1, result.Code);
        Assert.Contains("ledger.db is damaged", result.Error);
        Assert.Contains("ledger.db.files", result.Error);
    }

    [Theory]
    [InlineData("ledger.db")]
    [InlineData("logs/../ledger.db")]
    public async Task An_output_never_overwrites_the_ledger(string name)
    {
        await bench.FillAsync();

        var result = await bench.ReconcileAsync("--output", bench.Path(name));

        Assert.Equal(2, result.Code);
        Assert.Contains("--output names the ledger", result.Error);
        Assert.Equal(0, (await bench.ReconcileAsync()).Code);
    }

    [Theory]
    [InlineData("runs", "--output", "")]
    [InlineData("runs", "--ledger", "")]
    [InlineData("runs", "--config", "")]
    [InlineData("runs", "--prices", "")]
    [InlineData("verify", "")]
    [InlineData("ingest", "")]
    [InlineData("import-billing", "")]
    public async Task An_empty_path_is_wrong_usage(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var environment = new CliEnvironment { Variables = bench.Variables, SamplesFolder = "" };

        var code = await CliApplication.InvokeAsync(
            args, output, error, TimeProvider.System, environment, Workbench.Token);

        Assert.Equal(2, code);
        Assert.DoesNotContain("internal error", error.ToString());
    }

    [Fact]
    public async Task A_folder_is_no_ledger()
    {
        Directory.CreateDirectory(bench.Path("ledger.db"));

        var result = await bench.RunAsync("ingest", bench.WriteRun(1, "acme/api", "2026-10-01", models: ["gpt-5-mini"]));

        Assert.Equal(1, result.Code);
        Assert.Contains("is a folder", result.Error);
    }
}
