using System.Globalization;
using TokenLedger.Testing.Azurite;

namespace TokenLedger.Benchmarks.Service;

/// <summary>The packed Functions handler: how soon its first answer comes, and its memory idle.</summary>
internal static class FunctionsBenchmark
{
    private const int RoundsDefault = 15;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    // Nobody listens there; the first answer waits for no storage.
    private const string NoStorage =
        "AccountName=devstoreaccount1;AccountKey=AAAA;BlobEndpoint=http://127.0.0.1:9/devstoreaccount1;"
        + "QueueEndpoint=http://127.0.0.1:9/devstoreaccount1;TableEndpoint=http://127.0.0.1:9/devstoreaccount1";

    public static int Run(string folder, string[] options)
    {
        var rounds = Options.Number(options, "--rounds", RoundsDefault);
        TwoCores.Bind();
        var program = Path.GetFullPath(Path.Combine(folder, "tokenledger-functions"));
        if (!File.Exists(program))
        {
            Console.Error.WriteLine($"{folder} holds no handler: eng/pack-functions makes artifacts/functions");
            return ServiceBenchmark.CannotRun;
        }

        if (!AzuriteInstallation.IsThere)
        {
            Starts(program, NoStorage, rounds);
            Console.WriteLine($"idle memory not measured. {AzuriteInstallation.HowToInstall}");
            return 0;
        }

        var azurite = AzuriteEmulator.StartAsync().GetAwaiter().GetResult();
        try
        {
            Starts(program, azurite.ConnectionString, rounds);
            Memory(program, azurite.ConnectionString);
        }
        finally
        {
            azurite.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        return 0;
    }

    private static void Starts(string program, string storage, int rounds)
    {
        var starts = new List<double>();
        // The first brings the file into memory.
        for (var round = 0; round <= rounds; round++)
        {
            using var handler = FunctionsHandlerProcess.Start(program, storage);
            if (round > 0)
                starts.Add(handler.FirstAnswerAfter.TotalMilliseconds);
        }

        starts.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"start to the first answer of GET /: median {starts[starts.Count / 2]:F0} ms of {rounds}, "
            + $"{starts[0]:F0} to {starts[^1]:F0}; wanted 200"));
    }

    private static void Memory(string program, string storage)
    {
        using var handler = FunctionsHandlerProcess.Start(program, storage);
        Task.Delay(Idle).GetAwaiter().GetResult();
        var (all, own) = handler.ResidentMebibytes();
        // Asked before, it would not have been idle.
        handler.RequireHealth();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"resident after {Idle.TotalSeconds:F0} s idle, its storage opened: {all:F1} MiB, "
            + $"of it {own:F1} MiB not mapped from a file; wanted 60"));
    }
}
