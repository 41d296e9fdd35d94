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
            LineCount++;
            rest = rest[(TakeKnown(rest) is var known and > 0 ? known : TakeNext(rest, ref draft))..];
        }

        if (Block.IsFollowedByTooLongLine)
            rejected.Add(new RejectedLine(++LineCount, LineRejection.TooLong));
    }

    /// <inheritdoc/>
    public void Dispose() => Block.Dispose();

    // A template finds the end of its line by itself, so the line need not be searched for it first.
    private int TakeKnown(ReadOnlySpan<byte> text)
    {
        if (parser.Find(text, out var length) is not { } template
            || length >= text.Length || text[length] != '\n' || length > LineBlock.LineBytesMax)
            return 0;
        Take(ref template.Draft, template.Draft.Complete(text[..length]), isCut: false);
        return length + 1;
    }

    private int TakeNext(ReadOnlySpan<byte> text, ref RecordDraft scratch)
    {
        var end = text.IndexOf((byte)'\n');
        var raw = end < 0 ? text : text[..end];
        var line = Trim(raw);
        if (line.IsEmpty)
            BlankCount++;
        else if (raw.Length > LineBlock.LineBytesMax)
            rejected.Add(new RejectedLine(LineCount, LineRejection.TooLong));
        else
            Take(ref parser.Parse(line, ref scratch, out var verdict), verdict, isCut: end < 0);
        return end < 0 ? text.Length : end + 1;
    }

    private void Take(ref RecordDraft draft, LineVerdict verdict, bool isCut)
    {
        switch (verdict)
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
