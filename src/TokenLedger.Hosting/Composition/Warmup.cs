namespace TokenLedger.Hosting.Composition;

/// <summary>Puts the services together once, behind the first answers: whoever needs them waits for them.</summary>
/// <param name="create">Opens the storage and makes the services. Tried again when it failed.</param>
public sealed class Warmup(Func<CancellationToken, Task<LedgerServices>> create)
{
    private readonly Lock state = new();
    private Task<LedgerServices>? services;

    /// <summary>The services; faulted when the storage could not be opened this time.</summary>
    public Task<LedgerServices> ServicesAsync()
    {
        lock (state)
        {
            if (services is null || services.IsFaulted || services.IsCanceled)
                services = Task.Run(() => create(CancellationToken.None));
            return services;
        }
    }
}
