using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.TokenLogs.Records;

namespace TokenLedger.Ingestion.TokenLogs.Slices;

/// <summary>Takes interpreted records one by one: de-duplicates, then adds to slices and tallies.</summary>
/// <param name="observer">Is shown what is added; null for nobody.</param>
internal sealed class UsageFold(IRequestObserver? observer = null)
{
    // Far above any run (a day has at most a few dozen); a bound on memory against a log that invents models.
    private const int SlicesMax = 10_000;

    // A run with more is nonsense, and below it no sum over runs of a month overflows.
    private const long RunTokensMax = 1_000_000_000_000_000_000;

    // A record has 450 to 700 bytes (AWF v0.28): a little room too much is better than growing once more.
    private const int RecordBytes = 512;

    private readonly RequestIdSet known = new();
    private readonly Dictionary<SliceKey, SliceCell> cells = [];
    private readonly Dictionary<int, AttemptTally> tallies = [];
    private AttemptTally lastTally = new();
    private int lastAttempt = int.MinValue;
    private long runTokens;
    private ulong touched;

    /// <summary>Says how many bytes of records come next, for speed alone.</summary>
    public void Expect(long bytes) => known.Reserve(bytes / RecordBytes);

    /// <summary>Says which records come next, for speed alone.</summary>
    public void Expect(ReadOnlySpan<UsageLine> lines) => touched ^= known.Touch(lines);

    /// <summary>Takes a record.</summary>
    /// <param name="line">The record.</param>
    /// <param name="isDuplicate">Whether its request was known; then nothing was added.</param>
    /// <returns>Why a record that was no duplicate could not be added.</returns>
    public LineRejection Take(in UsageLine line, out bool isDuplicate)
    {
        var identity = line.Identity != UInt128.Zero ? line.Identity : RequestIdentity.OfContent(line.Fingerprint);
        var fate = known.Add(identity, line.Fingerprint);
        isDuplicate = fate != IdentityFate.New;
        if (fate == IdentityFate.Reused)
            TallyOf(line.Slot.Key.Attempt).AddReusedId();
        return isDuplicate ? LineRejection.None : Add(line);
    }

    /// <summary>The slices in their order.</summary>
    public IEnumerable<UsageSlice> Slices(string host, long runId) =>
        cells.OrderBy(pair => pair.Key).Select(pair => pair.Value.ToSlice(host, runId));

    /// <summary>The tally of an attempt; null when nothing was noted of it.</summary>
    public AttemptTally? FindTally(int attempt) => tallies.GetValueOrDefault(attempt);

    private LineRejection Add(in UsageLine line)
    {
        // Two counts of at most a few 10^15 each: the sum of both fits before it is compared.
        var total = line.Tokens.Total + line.UnresolvedCacheTokens;
        if (total > RunTokensMax - runTokens)
            return LineRejection.RunTotalTooLarge;
        line.Slot.Cell ??= FindCell(line.Slot.Key);
        if (line.Slot.Cell is not { } cell)
            return LineRejection.TooManySlices;
        runTokens += total;
        cell.Add(line);
        TallyOf(line.Slot.Key.Attempt).Add(line);
        observer?.Take(line);
        return LineRejection.None;
    }

    private SliceCell? FindCell(SliceKey key)
    {
        if (cells.TryGetValue(key, out var cell))
            return cell;
        if (cells.Count >= SlicesMax)
            return null;
        cell = new SliceCell(key);
        cells.Add(key, cell);
        return cell;
    }

    private AttemptTally TallyOf(int attempt)
    {
        if (attempt == lastAttempt)
            return lastTally;
        if (!tallies.TryGetValue(attempt, out var tally))
            tallies.Add(attempt, tally = new AttemptTally());
        lastAttempt = attempt;
        return lastTally = tally;
    }
}
