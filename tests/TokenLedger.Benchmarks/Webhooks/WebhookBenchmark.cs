using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TokenLedger.Ingestion.Webhooks;

namespace TokenLedger.Benchmarks.Webhooks;

/// <summary>How many webhook bodies one core verifies and reads.</summary>
internal static class WebhookBenchmark
{
    private const string Secret = "it is a benchmark, not a secret";
    private const int Bodies = 64;

    public static int Run(string[] args)
    {
        var rounds = Options.Number(args, "--rounds", 7);
        var count = Options.Number(args, "--requests", 50_000);
        var bodies = Enumerable.Range(1, Bodies).Select(id => SyntheticWorkflowRun.Body(id)).ToArray();
        var headers = bodies.Select(body => "sha256=" + Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body))).ToArray();
        var signature = new WebhookSignature([Secret]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{bodies[0].Length} bytes a body, {count} bodies a round, one thread"));
        var verify = new List<double>();
        var both = new List<double>();
        for (var round = 0; round <= rounds; round++)
        {
            var verifyOnly = Measure(bodies, headers, signature, count, isRead: false);
            var whole = Measure(bodies, headers, signature, count, isRead: true);
            // The first round warms up.
            if (round == 0)
                continue;
            verify.Add(verifyOnly);
            both.Add(whole);
        }

        Print("verify alone", verify, "");
        Print("verify and read", both, "; wanted 20,000");
        return 0;
    }

    private static double Measure(
        byte[][] bodies, string[] headers, WebhookSignature signature, int count, bool isRead)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        long sum = 0;
        long expected = 0;
        for (var i = 0; i < count; i++)
        {
            var body = bodies[i % Bodies];
            if (signature.Check(headers[i % Bodies], body) != SignatureVerdict.Valid)
                throw new InvalidOperationException("A signature was wrong: the timing is void.");
            if (!isRead)
                continue;
            expected += (i % Bodies) + 1;
            sum += WorkflowRunReader.Read(body).Event!.Facts.Run.RunId;
        }

        if (sum != expected)
            throw new InvalidOperationException("A body was read wrongly: the timing is void.");
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var processor = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {(isRead ? "verify and read" : "verify alone"),-16} {count / seconds,9:N0}/s by the clock, {count / processor,9:N0}/s by the processor, {(GC.GetAllocatedBytesForCurrentThread() - allocated) / count:N0} bytes allocated each"));
        return count / processor;
    }

    private static void Print(string name, List<double> rates, string wanted) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-16} median {rates.Order().ElementAt(rates.Count / 2):N0}/s of {rates.Count} rounds, by the processor{wanted}"));
}
