using TokenLedger.Application.Ingesting;
using TokenLedger.Application.Archiving;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Tests.Ingesting;

/// <summary>A fold of a file that is still being hashed.</summary>
public sealed class LateHashTests : IAsyncDisposable
{
    private static readonly RunIdentity Run = new("github.com", "acme", "web", 4711, 1);

    private readonly Workplace place = new();

    public ValueTask DisposeAsync() => place.DisposeAsync();

    [Fact]
    public async Task A_run_that_is_not_stored_is_read_before_its_hash_is_known_and_stored_with_it()
    {
        await place.AddRunAsync(Run, 10_000);
        var archive = new HashedWhenReadArchive(place.Archive);

        var folded = await new FoldRun(place.Store, archive, Workplace.Prices).ExecuteAsync(Run, Workplace.Token);

        Assert.True(folded.IsChanged);
        Assert.Equal(10_000, Assert.Single(folded.Attempts).Slices.Sum(slice => slice.Tokens.Input));
        var again = await new FoldRun(place.Store, place.Archive, Workplace.Prices).ExecuteAsync(Run, Workplace.Token);
        Assert.False(again.IsChanged);
    }

    // The hash of each file is known only when somebody has opened it; who asks for it before is refused.
    private sealed class HashedWhenReadArchive(ILogArchive inner) : ILogArchive
    {
        public async Task<ArchivedRun> OpenAsync(RunIdentity run, CancellationToken cancellation)
        {
            var archived = await inner.OpenAsync(run, cancellation);
            return new ArchivedRun([.. archived.Files.Select(Late)], archived.Problems, archived.Dispose);
        }

        public Task<bool> AddAsync(
            RunIdentity run, string uploadName, EvidenceFile file, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<IReadOnlySet<string>> ReadUploadNamesAsync(
            RunIdentity run, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<ArchivedBill> AddBillAsync(
            string name, ReadOnlyMemory<byte> content, BillTaking? taking, CancellationToken cancellation) =>
            throw new NotSupportedException();

        private static ArchivedFile Late(ArchivedFile archived)
        {
            var opened = new TaskCompletionSource<string>();
            Stream Open()
            {
                opened.TrySetResult(archived.Sha256);
                return archived.File.OpenRead();
            }

            var hashing = opened.Task.WaitAsync(TimeSpan.FromSeconds(20));
            return new ArchivedFile(archived.Attempt, archived.File with { OpenRead = Open }, hashing);
        }
    }
}
