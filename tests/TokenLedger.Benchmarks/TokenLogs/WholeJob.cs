using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.TokenLogs;

namespace TokenLedger.Benchmarks.TokenLogs;

/// <summary>What the product does with a token log: parse, normalise, de-duplicate, aggregate, price.</summary>
internal static class WholeJob
{
    public static WholeJobResult Run(string path, int workers)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        var accumulator = new UsageAccumulator(RunKey.PublicHost, 1, [], BenchmarkPrices.Book, workers);
        var problems = new List<InputProblem>();
        var counts = accumulator.AddFile(
            stream, new UsageFileContext(path, Phase.Agent, 1), problems.Add, CancellationToken.None);
        var slices = accumulator.Slices();
        var estimated = slices.Sum(slice => BenchmarkPrices.Book.EstimateOf(slice).AiCredits?.Total ?? 0);
        return new WholeJobResult(
            counts, slices, estimated, accumulator.ProxyReportedAiCredits(1),
            slices.Count(slice => BenchmarkPrices.Book.EstimateOf(slice).Unpriced is not null));
    }
}
