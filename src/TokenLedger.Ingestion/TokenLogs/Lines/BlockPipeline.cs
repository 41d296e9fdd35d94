namespace TokenLedger.Ingestion.TokenLogs.Lines;

/// <summary>Parses the blocks of one stream on several cores and hands them on in the order of the file.</summary>
/// <remarks>
/// Every worker repeats: 1. read the next block (one at a time); 2. parse it (all at once); 3. lay it down, and if
/// nobody is handing on, hand on every block whose turn has come (one at a time, in order). A worker whose block is
/// early goes on with another instead of waiting: waking a thread costs as much as parsing a third of a block. So the
/// result does not depend on the number of workers, and the memory is two blocks for each of them. A file of one
/// block starts no thread.
/// </remarks>
/// <param name="reader">The blocks.</param>
/// <param name="merge">Takes a parsed block, in order, never twice at once.</param>
/// <param name="cancellation">Ends the work between blocks.</param>
internal sealed class BlockPipeline(
    LineBlockReader reader, Action<ParsedBlock> merge, CancellationToken cancellation)
{
    private readonly object state = new();
    private readonly Lock reading = new();
    private readonly List<ParsedBlock> blocks = [];
    private readonly Stack<ParsedBlock> free = [];
    private readonly Dictionary<long, ParsedBlock> parsed = [];
    private int blocksMax = 1;
    private long turn;
    private bool isMerging;
    private bool isAborted;

    /// <summary>Works until the stream ends.</summary>
    /// <param name="workerCount">How many workers, the caller among them; at least 1.</param>
    /// <param name="createBlock">Makes a block with a parser of its own.</param>
    public void Run(int workerCount, Func<ParsedBlock> createBlock)
    {
        try
        {
            if (!TryTake(createBlock, out var first) || !TryRead(first))
                return;
            var helperCount = first.Block.IsLast ? 0 : workerCount - 1;
            blocksMax = helperCount == 0 ? 1 : 2 * workerCount;
            RunWith(helperCount, first, createBlock);
        }
        finally
        {
            foreach (var block in blocks)
                block.Dispose();
        }
    }

    private void RunWith(int helperCount, ParsedBlock first, Func<ParsedBlock> createBlock)
    {
        var helpers = new Task[helperCount];
        for (var i = 0; i < helperCount; i++)
            helpers[i] = Task.Run(() => Work(null, createBlock), CancellationToken.None);
        try
        {
            Work(first, createBlock);
        }
        finally
        {
            Task.WhenAll(helpers).GetAwaiter().GetResult();
        }
    }

    private void Work(ParsedBlock? filled, Func<ParsedBlock> createBlock)
    {
        var isDone = false;
        try
        {
            while (filled is not null || (TryTake(createBlock, out filled) && TryRead(filled)))
            {
                filled.Parse();
                HandOn(filled);
                filled = null;
            }

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

    // Waits only while every block is out, and then one of them is being parsed or handed on and comes back.
    private bool TryTake(Func<ParsedBlock> createBlock, out ParsedBlock block)
    {
        lock (state)
        {
            while (free.Count == 0 && blocks.Count >= blocksMax && !isAborted)
                Monitor.Wait(state);
            if (!free.TryPop(out block!))
            {
                block = createBlock();
                blocks.Add(block);
            }

            return !isAborted;
        }
    }

    private void HandOn(ParsedBlock block)
    {
        lock (state)
        {
            parsed.Add(block.Block.Sequence, block);
            if (isMerging)
                return;
            isMerging = true;
        }

        while (NextInTurn() is { } next)
        {
            merge(next);
            lock (state)
            {
                turn++;
                free.Push(next);
                Monitor.Pulse(state);
            }
        }
    }

    private ParsedBlock? NextInTurn()
    {
        lock (state)
        {
            var next = isAborted ? null : parsed.GetValueOrDefault(turn);
            isMerging = next is not null && parsed.Remove(turn);
            return next;
        }
    }

    private void Abort()
    {
        lock (state)
        {
            isAborted = true;
            Monitor.PulseAll(state);
        }
    }
}
