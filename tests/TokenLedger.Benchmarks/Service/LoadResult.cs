namespace TokenLedger.Benchmarks.Service;

/// <summary>One round against one server, or the medians of several.</summary>
/// <param name="PerSecond">Whole answers a second.</param>
/// <param name="P50">Milliseconds from sending to the whole answer, half of the requests.</param>
/// <param name="P99">The same of 99 in a hundred.</param>
/// <param name="Answered">Answers in all.</param>
/// <param name="Refused">Those whose status is not 2xx.</param>
/// <param name="ServerMicroseconds">Processor time of the server for each request.</param>
/// <param name="ClientMicroseconds">Processor time of the load for each request.</param>
internal sealed record LoadResult(
    double PerSecond, double P50, double P99, int Answered, int Refused, double ServerMicroseconds,
    double ClientMicroseconds)
{
    public static LoadResult Median(IReadOnlyList<LoadResult> rounds) => new(
        Median(rounds, round => round.PerSecond),
        Median(rounds, round => round.P50),
        Median(rounds, round => round.P99),
        rounds.Sum(round => round.Answered),
        rounds.Sum(round => round.Refused),
        Median(rounds, round => round.ServerMicroseconds),
        Median(rounds, round => round.ClientMicroseconds));

    private static double Median(IReadOnlyList<LoadResult> rounds, Func<LoadResult, double> value) =>
        rounds.Select(value).Order().ElementAt(rounds.Count / 2);
}
