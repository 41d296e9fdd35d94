namespace TokenLedger.Application.Artifacts;

/// <summary>
/// The hash of a document that is being made: on a thread of its own once begun, since it takes as long as writing the
/// document does, and never where nobody asks for it.
/// </summary>
internal sealed class ContentSeal(ReconciliationDocument document)
{
    // A thread of the pool would keep another one waiting that writes the document.
    private readonly Lazy<Task<string>> hash = new(() => Task.Factory.StartNew(
        () => ContentDigest.Of(document), CancellationToken.None, TaskCreationOptions.LongRunning,
        TaskScheduler.Default));

    /// <summary>The hash; waits for it.</summary>
    public string Hash => hash.Value.GetAwaiter().GetResult();

    /// <summary>Starts making it.</summary>
    public void Begin() => _ = hash.Value;
}
