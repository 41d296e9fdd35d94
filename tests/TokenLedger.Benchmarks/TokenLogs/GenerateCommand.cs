using System.Globalization;

namespace TokenLedger.Benchmarks.TokenLogs;

/// <summary>Writes a token log. The same records and seed give the same bytes on every machine.</summary>
internal static class GenerateCommand
{
    public const int RecordsDefault = 500_000;
    public const int SeedDefault = 20261009;

    public static int Run(string[] args)
    {
        var records = Options.Number(args, "--records", RecordsDefault);
        Write(args[0], records, Options.Number(args, "--seed", SeedDefault));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{args[0]}: {records} records, {new FileInfo(args[0]).Length / 1e6:F1} MB"));
        return 0;
    }

    public static void Write(string path, int records, int seed)
    {
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        var log = new SyntheticTokenLog(seed);
        for (var i = 0; i < records; i++)
            writer.WriteLine(log.NextRecord());
    }
}
