namespace TokenLedger.Benchmarks.TokenLogs;

/// <summary>Generates a log in a temporary folder and measures it.</summary>
internal static class AllCommand
{
    private const int Rounds = 9;

    public static int Run(string[] args)
    {
        var folder = Directory.CreateTempSubdirectory("tokenledger-benchmarks-");
        try
        {
            var path = Path.Combine(folder.FullName, "token-usage.jsonl");
            var records = Options.Number(args, "--records", GenerateCommand.RecordsDefault);
            GenerateCommand.Write(path, records, GenerateCommand.SeedDefault);
            return ParseCommand.Run(path, Rounds);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
