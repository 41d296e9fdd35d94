using System.Globalization;

namespace TokenLedger.Benchmarks.Service;

/// <summary>The published <c>tokenledger serve</c> beside Probot and @octokit/webhooks.</summary>
internal static class ServeBenchmark
{
    private const string Secret = "it is a benchmark, not a secret";
    private const string Ledger = "ledger.db";
    private const double WantedOfProbot = 3;
    private const double WantedOfOctokit = 2;

    public static int Run(string binary, string[] options)
    {
        if (!PeerServers.AreThere)
        {
            Console.Error.WriteLine(PeerServers.HowToInstall);
            return ServiceBenchmark.CannotRun;
        }

        TwoCores.Bind();
        var rounds = Options.Number(options, "--rounds", 5);
        var seconds = Options.Number(options, "--seconds", 5);
        var connections = Options.Number(options, "--connections", 32);
        var load = new Load(connections, TimeSpan.FromSeconds(seconds));
        var folder = Directory.CreateTempSubdirectory("tokenledger-service-").FullName;
        try
        {
            using var ours = StartOurs(Path.GetFullPath(binary), folder);
            using var probot = PeerServers.StartProbot(Secret);
            using var octokit = PeerServers.StartOctokit(Secret);
            Say($"{connections} connections kept alive; {rounds} rounds of {seconds} s, alternating, after a first one");
            Say($"the load is one thread of this process, on the same two cores as the servers");
            Ignored(load, rounds, [ours, probot, octokit]);
            Recorded(load, rounds, ours, folder);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ServerProcess StartOurs(string binary, string folder) => ServerProcess.Start(
        "tokenledger serve", binary,
        ["serve", "--urls", "http://127.0.0.1:0", "--ledger", Path.Combine(folder, Ledger)],
        folder, new(StringComparer.Ordinal) { ["TokenLedger__GitHub__WebhookSecrets__0"] = Secret });

    private static void Ignored(Load load, int rounds, ServerProcess[] servers)
    {
        var deliveries = servers.Select(server => SignedDelivery.Ignored(Secret, server.Address)).ToArray();
        for (var i = 0; i < servers.Length; i++)
        {
            var answer = Load.Probe(servers[i], deliveries[i]);
            if (i == 0 && !answer.Contains("\"ignored\"", StringComparison.Ordinal))
                throw new InvalidOperationException($"The delivery was not ignored: {answer}");
        }

        var results = servers.Select(_ => new List<LoadResult>()).ToArray();
        for (var round = 0; round <= rounds; round++)
        {
            for (var i = 0; i < servers.Length; i++)
            {
                var result = load.Run(servers[i], deliveries[i]);
                if (round > 0)
                    results[i].Add(result);
            }
        }

        var medians = results.Select(LoadResult.Median).ToArray();
        Say($"(a) verified and ignored: workflow_run, requested, {deliveries[0].BodyLength} bytes; nothing is stored");
        for (var i = 0; i < servers.Length; i++)
            Print(servers[i].Name, medians[i]);
        Compare(medians[0], medians[1], servers[1].Name, WantedOfProbot);
        Compare(medians[0], medians[2], servers[2].Name, WantedOfOctokit);
    }

    private static void Recorded(Load load, int rounds, ServerProcess ours, string folder)
    {
        var delivery = SignedDelivery.Recorded(Secret, ours.Address);
        var answer = Load.Probe(ours, delivery);
        if (!answer.Contains("\"queued\"", StringComparison.Ordinal))
            throw new InvalidOperationException($"The delivery was not recorded: {answer}");
        var results = Enumerable.Range(0, rounds + 1).Select(_ => load.Run(ours, delivery)).ToList();
        Say($"(b) recorded: each a finished agent run, on the disk before the answer; the peers do none of it");
        Print(ours.Name, LoadResult.Median(results[1..]));
        var archived = Directory.EnumerateFiles(folder, "workflow_run.json", SearchOption.AllDirectories).Count();
        var accepted = 1 + results.Sum(result => result.Answered - result.Refused);
        if (archived != accepted)
            throw new InvalidOperationException($"{accepted} accepted, {archived} archived: the timing is void.");
        Say($"  {accepted} accepted in all, as many archived");
    }

    private static void Print(string name, LoadResult result) => Say(
        $"""
          {name,-18} {result.PerSecond,8:N0}/s  p50 {result.P50,6:F1} ms  p99 {result.P99,6:F1} ms
            {result.Answered} answered, {result.Refused} of them not 2xx
            processor for each {result.ServerMicroseconds:F0} us, of the load {result.ClientMicroseconds:F0} us
        """);

    private static void Compare(LoadResult ours, LoadResult peer, string name, double wanted) => Say(
        $"""
          {ours.PerSecond / peer.PerSecond:F2} x {name} (wanted {wanted:F0}), p99 {ours.P99 / peer.P99:F2} x (wanted below 1)
            processor for each {ours.ServerMicroseconds / peer.ServerMicroseconds:F2} x
        """);

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
