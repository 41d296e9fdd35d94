using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using TokenLedger.Application.Ingesting;
using TokenLedger.Benchmarks.TokenLogs;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Storage.Sqlite;
using TokenLedger.Storage.Sqlite.Archive;

namespace TokenLedger.Benchmarks.Ledger;

/// <summary>Taking a log into a new ledger (archived, hashed, flushed, folded, stored) beside parsing it alone.</summary>
internal static class IngestBenchmark
{
    private const int RoundsDefault = 9;

    public static int Run(string[] args)
    {
        var path = args[0];
        var rounds = Options.Number(args, "--rounds", RoundsDefault);
        // So that code is compiled before anything is timed.
        for (var round = 0; round < Timing.WarmUpRounds; round++)
        {
            WholeJob.Run(path, workers: 1);
            WholeJob.Run(path, workers: 0);
        }

        InTemporaryFolder(folder => IngestAsync(path, folder).GetAwaiter().GetResult());
        var parse = new double[rounds];
        var ingest = new double[rounds];
        var parseOnOne = new double[rounds];
        var copy = new double[rounds];
        var hash = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            parse[round] = Seconds(() => WholeJob.Run(path, workers: 0));
            ingest[round] = InTemporaryFolder(folder => IngestAsync(path, folder).GetAwaiter().GetResult());
            parseOnOne[round] = Seconds(() => WholeJob.Run(path, workers: 1));
            hash[round] = Seconds(() => Hash(path));
            copy[round] = InTemporaryFolder(folder => CopyFlushed(path, folder));
        }

        var (alone, onOne, whole) = (Median(parse), Median(parseOnOne), Median(ingest));
        Say($"parse alone {alone * 1000:F0} ms on two workers, {onOne * 1000:F0} ms on one");
        Say($"ingest into SQLite {whole * 1000:F0} ms: {whole / alone:F2} x and {whole / onOne:F2} x; wanted 2");
        Say($"of it, by themselves: SHA-256 {Median(hash) * 1000:F0} ms, copy and flush {Median(copy) * 1000:F0} ms");
        Say($"peak working set {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB");
        return 0;
    }

    private static async Task IngestAsync(string path, string folder)
    {
        var ledger = Path.Combine(folder, "ledger.db");
        await using var store = new SqliteLedgerStore(ledger);
        var archive = new FolderLogArchive(FolderLogArchive.FolderOf(ledger), TimeProvider.System);
        var outcome = await new IngestEvidence(store, archive, BenchmarkPrices.Book).ExecuteAsync(
            [path], new IdentityHints { Repository = "acme/web", RunId = 1 }, null, CancellationToken.None);
        if (outcome.Runs.Count != 1 || !outcome.Runs[0].IsChanged)
            throw new InvalidOperationException("The log was not taken: the timing is void.");
    }

    private static void Hash(string path)
    {
        using var source = File.OpenRead(path);
        SHA256.HashData(source);
    }

    private static void CopyFlushed(string path, string folder)
    {
        using var source = File.OpenRead(path);
        using var copy = new FileStream(Path.Combine(folder, "copy"), FileMode.CreateNew, FileAccess.Write);
        source.CopyTo(copy, 1 << 20);
        copy.Flush(flushToDisk: true);
    }

    // Removing a few hundred megabytes again takes a while and is no part of the job.
    private static double InTemporaryFolder(Action<string> job)
    {
        var folder = Directory.CreateTempSubdirectory("tokenledger-benchmarks-");
        try
        {
            return Seconds(() => job(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Seconds(Action job)
    {
        var start = Stopwatch.GetTimestamp();
        job();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
