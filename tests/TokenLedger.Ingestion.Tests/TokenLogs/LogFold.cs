using System.Text;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.TokenLogs;

namespace TokenLedger.Ingestion.Tests.TokenLogs;

/// <summary>Folds text as a token log and keeps all that came of it.</summary>
internal sealed class LogFold
{
    public const long RunId = 4711;

    private LogFold(UsageAccumulator accumulator, LineCounts counts, IReadOnlyList<InputProblem> problems)
    {
        Accumulator = accumulator;
        Counts = counts;
        Problems = problems;
    }

    public UsageAccumulator Accumulator { get; }

    public LineCounts Counts { get; }

    public IReadOnlyList<InputProblem> Problems { get; }

    public IReadOnlyList<UsageSlice> Slices => Accumulator.Slices();

    public UsageSlice Slice => Assert.Single(Slices);

    public string Codes => string.Join(' ', Problems.Select(problem => problem.Code));

    public static LogFold Of(params string[] lines) => Of(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));

    public static LogFold Of(
        byte[] bytes, int workers = 1, IReadOnlyList<AttemptStart>? attempts = null, PriceBook? prices = null)
    {
        using var stream = new MemoryStream(bytes);
        return Of(stream, workers, attempts, prices);
    }

    public static LogFold Of(
        Stream stream, int workers = 1, IReadOnlyList<AttemptStart>? attempts = null, PriceBook? prices = null)
    {
        var accumulator = new UsageAccumulator(
            RunKey.PublicHost, RunId, attempts ?? [], prices ?? TestPrices.Book, workers);
        var problems = new List<InputProblem>();
        var counts = accumulator.AddFile(
            stream, new UsageFileContext("token-usage.jsonl", Phase.Agent, 1), problems.Add, CancellationToken.None);
        return new LogFold(accumulator, counts, problems);
    }
}
