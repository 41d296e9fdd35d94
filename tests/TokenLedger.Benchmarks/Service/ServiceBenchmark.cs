namespace TokenLedger.Benchmarks.Service;

/// <summary>The published programs as services: how many deliveries, how soon, how much memory.</summary>
internal static class ServiceBenchmark
{
    public const string Usage =
        "service serve TOKENLEDGER [--rounds N] [--seconds N] [--connections N] | "
        + "service functions FOLDER [--rounds N] | "
        + "service headroom TOKENLEDGER [--rate N] [--seconds N] [--azurite FOLDER]";

    /// <summary>Something it needs is not there, or it was called wrongly.</summary>
    public const int CannotRun = 2;

    public static int Run(string[] args)
    {
        switch (args)
        {
            case ["serve", var binary, .. var options]:
                return ServeBenchmark.Run(binary, options);
            case ["functions", var folder, .. var options]:
                return FunctionsBenchmark.Run(folder, options);
            case ["headroom", var binary, .. var options]:
                return HeadroomBenchmark.Run(binary, options);
            default:
                Console.Error.WriteLine(Usage);
                return CannotRun;
        }
    }
}
