using System.Globalization;
using TokenLedger.Benchmarks.Ledger;
using TokenLedger.Benchmarks.Reconciling;
using TokenLedger.Benchmarks.Service;
using TokenLedger.Benchmarks.Startup;
using TokenLedger.Benchmarks.TokenLogs;
using TokenLedger.Benchmarks.Webhooks;

// Every benchmark is one entry; a new one is a line here and a folder for its subject.
var benchmarks = new Dictionary<string, (string Usage, Func<string[], int> Run)>(StringComparer.Ordinal)
{
    ["generate"] = ("generate PATH [--records N] [--seed S]", GenerateCommand.Run),
    ["parse"] = ("parse PATH [--rounds N]", ParseCommand.Run),
    ["ingest"] = ("ingest PATH [--rounds N]", IngestBenchmark.Run),
    ["reconcile"] = ("reconcile [RUNS...]", ReconcileBenchmark.Run),
    ["month"] = (MonthBenchmark.Usage, MonthBenchmark.Run),
    ["webhook"] = ("webhook [--requests N] [--rounds N]", WebhookBenchmark.Run),
    ["service"] = (ServiceBenchmark.Usage, ServiceBenchmark.Run),
    ["startup"] = ("startup BINARY", StartupBenchmark.Run),
    ["memory"] = ("memory PATH [--workers N]", MemoryCommand.Run),
    ["all"] = ("all [--records N]", AllCommand.Run),
};

if (args.Length > 0 && benchmarks.TryGetValue(args[0], out var benchmark))
    return benchmark.Run(args[1..]);
Console.Error.WriteLine("Usage: dotnet run -c Release --project tests/TokenLedger.Benchmarks -- COMMAND");
foreach (var (_, (usage, _)) in benchmarks)
    Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {usage}"));
return 2;
