using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Storage.Tests.Contracts;

/// <summary>What the contracts of runs share.</summary>
public abstract class RunContract(IStorageUnderTest storage) : StorageContract(storage)
{
    protected static void AssertSame(IReadOnlyList<LedgerRun> expected, IReadOnlyList<LedgerRun> read)
    {
        Assert.Equal(expected.Select(attempt => attempt.Facts), read.Select(attempt => attempt.Facts));
        Assert.Equal(expected.Select(attempt => attempt.Report), read.Select(attempt => attempt.Report));
        Assert.Equal(expected.SelectMany(attempt => attempt.Slices), read.SelectMany(attempt => attempt.Slices));
        Assert.Equal(expected.SelectMany(attempt => attempt.Warnings), read.SelectMany(attempt => attempt.Warnings));
    }

    protected static FoldedRun OfOneDay(int slices, string hash)
    {
        var run = Some.Run(hash: hash, slices: 1);
        var slice = run.Attempts[0].Slices[0];
        var attempt = run.Attempts[0] with
        {
            Slices = [.. Enumerable.Range(0, slices).Select(number => slice with { Model = "model-" + number })],
        };
        return run with { Attempts = [attempt, run.Attempts[1]] };
    }
}
