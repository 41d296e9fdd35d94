using System.Diagnostics;
using System.Globalization;

namespace TokenLedger.Benchmarks.TokenLogs;

/// <summary>The plain loop, the whole job on one worker and on two, alternated in one process; medians.</summary>
internal static class ParseCommand
{
    private const int RoundsDefault = 5;

    public static int Run(string[] args) => Run(args[0], Options.Number(args, "--rounds", RoundsDefault));

    public static int Run(string path, int rounds)
    {
        // Once over everything, so that code is compiled and the file is in memory before anything is timed.
        var expected = PlainReaderLoop.Run(path);
        var reference = WholeJob.Run(path, workers: 1);
        if (reference.Counts.Accepted != expected.Records || reference.UnpricedSlices > 0)
            return Void($"{reference.Counts} and {reference.UnpricedSlices} unpriced slices of {expected.Records} records");

        var seconds = new[] { new double[rounds], new double[rounds], new double[rounds] };
        for (var round = 0; round < rounds; round++)
        {
            seconds[0][round] = Time(() => PlainReaderLoop.Run(path), out var plain);
            seconds[1][round] = Time(() => WholeJob.Run(path, workers: 1), out var one);
            seconds[2][round] = Time(() => WholeJob.Run(path, workers: 2), out var two);
            if (plain != expected || !one.IsSameAs(reference) || !two.IsSameAs(reference))
                return Void($"the results differ between rounds or numbers of workers");
        }

        Print(path, reference, [.. seconds.Select(Median)]);
        return 0;
    }

    private static void Print(string path, WholeJobResult result, double[] medians)
    {
        var megabytes = new FileInfo(path).Length / 1e6;
        Say($"{megabytes:F1} MB, {result.Counts.Total} lines, {result.Slices.Count} slices, estimated {result.EstimatedAiCredits:F3} credits, reported {result.ReportedAiCredits:F3}");
        Say($"(a) plain Utf8JsonReader loop, six fields, one core   {medians[0] * 1000,7:F0} ms {megabytes / medians[0],6:F0} MB/s");
        Say($"(b) whole job, one worker                             {medians[1] * 1000,7:F0} ms {megabytes / medians[1],6:F0} MB/s   {medians[0] / medians[1]:F2} x (a), wanted 2");
        Say($"(c) whole job, two workers                            {medians[2] * 1000,7:F0} ms {megabytes / medians[2],6:F0} MB/s   {medians[1] / medians[2]:F2} x (b), wanted 1.7");
        Say($"peak working set {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB over all rounds");
    }

    private static double Time<T>(Func<T> job, out T result)
    {
        var start = Stopwatch.GetTimestamp();
        result = job();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    private static int Void(FormattableString reason)
    {
        Console.Error.WriteLine("The timing is void: " + reason.ToString(CultureInfo.InvariantCulture));
        return 1;
    }

    private static void Say(FormattableString text) =>
        Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
