namespace TokenLedger.Ingestion.TokenLogs.Lines;

/// <summary>Parses the blocks of one stream on several cores and hands them on in the order of the file.</summary>
/// <remarks>
/// Every worker repeats: 1. read the next block (one at a time); 2. parse it (all at once); 3. wait for the block's
/// turn and hand it on (one at a time, in order). So the result does not depend on the number of workers, and the
/// memory is one block for each of them. A file of one block starts no thread.
/// </remarks>
/// <param name="reader">The blocks.</param>
/// <param name="merge">Takes a parsed block, in order, never twice at once.</param>
/// <param name="cancellation">Ends the work between blocks.</param>
internal sealed class BlockPipeline(
    LineBlockReader reader, Action<ParsedBlock> merge, CancellationToken cancellation)
{
    private readonly object turns = new();
    private readonly Lock reading = new();
    private long turn;
    private bool isAborted;

    /// <summary>Works until the stream ends.</summary>
    /// <param name="workerCount">How many workers, the caller among them; at least 1.</param>
    /// <param name="createBlock">Makes a worker's own block.</param>
    public void Run(int workerCount, Func<ParsedBlock> createBlock)
    {
        using var first = createBlock();
        if (!TryRead(first))
            return;
        var helperCount = first.Block.IsLast ? 0 : workerCount - 1;
        var helpers = new Task[helperCount];
        for (var i = 0; i < helperCount; i++)
            helpers[i] = Task.Run(() => Help(createBlock), CancellationToken.None);
        try
        {
            Work(first);
        }
        finally
        {
            Task.WhenAll(helpers).GetAwaiter().GetResult();
        }
    }

    private void Help(Func<ParsedBlock> createBlock)
    {
        using var block = createBlock();
        if (TryRead(block))
            Work(block);
    }

    private void Work(ParsedBlock block)
    {
        var isDone = false;
        try
        {
            do
            {
                block.Parse();
                if (!AwaitTurn(block.Block.Sequence))
                    break;
                merge(block);
                EndTurn();
            }
            while (TryRead(block));
            isDone = true;
        }
        finally
        {
            if (!isDone)
                Abort();
        }
    }

    private bool TryRead(ParsedBlock block)
    {
        lock (reading)
        {
            cancellation.ThrowIfCancellationRequested();
            return reader.TryRead(block.Block);
        }
    }

    private bool AwaitTurn(long sequence)
    {
        lock (turns)
        {
            while (turn != sequence && !isAborted)
                Monitor.Wait(turns);
            return !isAborted;
        }
    }

    private void EndTurn()
    {
        lock (turns)
        {
            turn++;
            Monitor.PulseAll(turns);
        }
    }

    private void Abort()
    {
        lock (turns)
        {
            isAborted = true;
            Monitor.PulseAll(turns);
        }
    }
}
