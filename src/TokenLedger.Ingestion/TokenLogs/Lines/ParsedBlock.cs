using System.Buffers;
using TokenLedger.Ingestion.TokenLogs.Records;
using TokenLedger.Ingestion.TokenLogs.Slices;

namespace TokenLedger.Ingestion.TokenLogs.Lines;

/// <summary>
/// One worker's block and what its lines turned out to be. Reused from block to block by the same worker.
/// </summary>
/// <param name="interpreter">Makes records comparable; belongs to this worker alone.</param>
internal sealed class ParsedBlock(RecordInterpreter interpreter) : IDisposable
{
    private static readonly SearchValues<byte> BlankBytes = SearchValues.Create(" \t\r"u8);

    private readonly RecordParser parser = new(new TextPool());
    private readonly List<RejectedLine> rejected = [];
    private UsageLine[] usage = new UsageLine[64];

    /// <summary>The bytes.</summary>
    public LineBlock Block { get; } = new();

    /// <summary>The usage records, in the order of their lines.</summary>
    public ReadOnlySpan<UsageLine> Usage => usage.AsSpan(0, UsageCount);

    /// <summary>The rejected lines, in their order.</summary>
    public IReadOnlyList<RejectedLine> Rejected => rejected;

    /// <summary>How many usage records there are.</summary>
    public int UsageCount { get; private set; }

    /// <summary>Lines that are well-formed events without usage.</summary>
    public int OtherEventCount { get; private set; }

    /// <summary>Empty lines.</summary>
    public int BlankCount { get; private set; }

    /// <summary>All lines.</summary>
    public int LineCount { get; private set; }

    /// <summary>Parses the block. Touches nothing that other workers touch.</summary>
    public void Parse()
    {
        rejected.Clear();
        UsageCount = OtherEventCount = BlankCount = LineCount = 0;
        // On the stack: in the heap every string written to it would cost a barrier.
        var draft = default(RecordDraft);
        var rest = Block.Content;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'\n');
            LineCount++;
            ParseLine(end < 0 ? rest : rest[..end], isCut: end < 0, ref draft);
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        if (Block.IsFollowedByTooLongLine)
            rejected.Add(new RejectedLine(++LineCount, LineRejection.TooLong));
    }

    /// <inheritdoc/>
    public void Dispose() => Block.Dispose();

    private void ParseLine(ReadOnlySpan<byte> raw, bool isCut, ref RecordDraft draft)
    {
        var line = Trim(raw);
        if (line.IsEmpty)
        {
            BlankCount++;
            return;
        }

        if (raw.Length > LineBlock.LineBytesMax)
        {
            rejected.Add(new RejectedLine(LineCount, LineRejection.TooLong));
            return;
        }

        switch (parser.Parse(line, ref draft))
        {
            case LineVerdict.Usage:
                if (UsageCount == usage.Length)
                    Array.Resize(ref usage, usage.Length * 2);
                interpreter.Interpret(draft.Record, LineCount, out usage[UsageCount++]);
                break;
            case LineVerdict.OtherEvent:
                OtherEventCount++;
                break;
            default:
                // The end of a file is where a killed writer stops, even inside a letter of several bytes.
                var isKilled = isCut && (draft.Rejection is LineRejection.NotJson or LineRejection.InvalidUtf8);
                rejected.Add(new RejectedLine(LineCount, isKilled ? LineRejection.CutOff : draft.Rejection));
                break;
        }
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line)
    {
        if (!line.IsEmpty && line[^1] == '\r')
            line = line[..^1];
        if (!line.IsEmpty && line[0] == '{' && line[^1] == '}')
            return line;
        var start = line.IndexOfAnyExcept(BlankBytes);
        return start < 0 ? [] : line[start..(line.LastIndexOfAnyExcept(BlankBytes) + 1)];
    }
}
