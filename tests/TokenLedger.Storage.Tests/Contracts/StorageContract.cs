namespace TokenLedger.Storage.Tests.Contracts;

/// <summary>What every contract needs: a place of its own, and a way to die in it.</summary>
public abstract class StorageContract(IStorageUnderTest storage) : IAsyncDisposable
{
    // More writes than any operation makes; a loop that never survives ends here.
    private const int WritesMax = 1000;

    protected IStorageUnderTest Storage => storage;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await storage.DisposeAsync();
    }

    /// <summary>
    /// Ends the process before its first write, its second, and so on, until it lives to the end of its work; the work
    /// gets the number of the try, so that each can begin anew.
    /// </summary>
    /// <returns>How many writes the work takes.</returns>
    protected async Task<int> KillAtEveryWriteAsync(Func<int, Task> work, Func<int, Task> afterDeath)
    {
        for (var write = 1; write <= WritesMax; write++)
        {
            var left = write;
            storage.BeforeWrite = () => _ = --left == 0 ? throw new KilledException() : 0;
            try
            {
                await work(write);
                return write - 1;
            }
            catch (KilledException)
            {
                storage.BeforeWrite = null;
                await afterDeath(write);
            }
            finally
            {
                storage.BeforeWrite = null;
            }
        }

        throw new InvalidOperationException("The work never ends.");
    }
}
