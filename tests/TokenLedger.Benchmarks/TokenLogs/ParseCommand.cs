using System.Diagnostics;
using System.Globalization;

namespace TokenLedger.Benchmarks.TokenLogs;

/// <summary>The plain loop, the whole job on one worker and on two, alternated in one process; medians.</summary>
internal static class ParseCommand
{
    private const int RoundsDefault = 9;

    public static int Run(string[] args) => Run(args[0], Options.Number(args, "--rounds", RoundsDefault));

    public static int Run(string path, int rounds)
    {
        // The whole job comes first: its peak of memory must not be the plain loop's.
        var reference = WholeJob.Run(path, workers: 2);
        var peakBytes = Process.GetCurrentProcess().PeakWorkingSet64;
        var expected = PlainReaderLoop.Run(path);
        if (reference.Counts.Accepted != expected.Records || reference.UnpricedSlices > 0)
            return Void($"{reference.Counts} and {reference.UnpricedSlices} unpriced slices of {expected.Records} records");

        var seconds = new[] { new Timing[rounds], new Timing[rounds], new Timing[rounds], new Timing[rounds] };
        for (var round = -Timing.WarmUpRounds; round < rounds; round++)
        {
            // Each is overwritten until it counts.
            var place = Math.Max(round, 0);
            seconds[0][place] = Time(() => PlainReaderLoop.Run(path), out var plain);
            seconds[1][place] = Time(() => WholeJob.Run(path, workers: 1), out var one);
            seconds[2][place] = Time(() => WholeJob.Run(path, workers: 2), out var two);
            seconds[3][place] = Time(() => TwoPlainLoops(path), out var both);
            if (plain != expected || both != expected || !one.IsSameAs(reference) || !two.IsSameAs(reference))
                return Void($"the results differ between rounds or numbers of workers");
        }

        Print(path, reference, peakBytes, [.. seconds.Select(Timing.Median)]);
        return 0;
    }

    private static void Print(string path, WholeJobResult result, long peakBytes, Timing[] medians)
    {
        var megabytes = new FileInfo(path).Length / 1e6;
        Say($"{megabytes:F1} MB, {result.Counts.Total} lines, {result.Slices.Count} slices, estimated {result.EstimatedAiCredits:F3} credits, reported {result.ReportedAiCredits:F3}");
        var (a, b, c, d) = (medians[0], medians[1], medians[2], medians[3]);
        SayTiming("(a) plain Utf8JsonReader loop, six fields, one core", a, megabytes);
        SayTiming("(b) whole job, one worker", b, megabytes);
        SayTiming("(c) whole job, two workers", c, megabytes);
        SayTiming("(d) two plain loops at once, for what two cores give", d, 2 * megabytes);
        Say($"(b) is {a.Seconds / b.Seconds:F2} x (a), {a.CpuSeconds / b.CpuSeconds:F2} x by processor time; wanted 2");
        Say($"(c) is {b.Seconds / c.Seconds:F2} x (b); wanted 1.7 on two free cores; (d) is {2 * a.Seconds / d.Seconds:F2} x (a)");
        Say($"peak working set of one whole job on two workers: {peakBytes / 1e6:F0} MB; wanted 150");
    }

    // Nothing is shared but the machine: (c) can gain no more than this does.
    private static PlainTotals TwoPlainLoops(string path)
    {
        var other = Task.Run(() => PlainReaderLoop.Run(path));
        var totals = PlainReaderLoop.Run(path);
        return other.GetAwaiter().GetResult() == totals ? totals : default;
    }

    private static Timing Time<T>(Func<T> job, out T result)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        result = job();
        return new Timing(
            Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
    }

    private static void SayTiming(string name, Timing timing, double megabytes) => Say(
        $"{name,-52}{timing.Seconds * 1000,7:F0} ms{megabytes / timing.Seconds,7:F0} MB/s, processor {timing.CpuSeconds * 1000,5:F0} ms");

    private static int Void(FormattableString reason)
    {
        Console.Error.WriteLine("The timing is void: " + reason.ToString(CultureInfo.InvariantCulture));
        return 1;
    }

    private static void Say(FormattableString text) =>
        Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
