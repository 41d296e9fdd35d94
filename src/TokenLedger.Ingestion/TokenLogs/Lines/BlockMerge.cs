using TokenLedger.Ingestion.TokenLogs.Records;
using TokenLedger.Ingestion.TokenLogs.Slices;

namespace TokenLedger.Ingestion.TokenLogs.Lines;

/// <summary>
/// Hands the blocks of one file to the fold, counts every line and reports the rejected ones in order.
/// </summary>
internal sealed class BlockMerge(UsageFold fold, string source, Action<InputProblem> onProblem)
{
    private long lineBase;

    /// <summary>What became of the lines so far.</summary>
    public LineCounts Counts { get; private set; }

    /// <summary>Takes the next block of the file.</summary>
    public void Take(ParsedBlock block)
    {
        long accepted = block.OtherEventCount;
        long duplicates = 0;
        long rejections = block.Rejected.Count;
        var nextRejected = 0;
        fold.Expect(block.Usage);
        foreach (ref readonly var line in block.Usage)
        {
            var refusal = fold.Take(line, out var isDuplicate);
            if (refusal != LineRejection.None)
            {
                ReportUntil(block, line.Line, ref nextRejected);
                Report(line.Line, refusal);
                rejections++;
            }
            else if (isDuplicate)
            {
                duplicates++;
            }
            else
            {
                accepted++;
            }
        }

        ReportUntil(block, int.MaxValue, ref nextRejected);
        Counts += new LineCounts(accepted, duplicates, rejections, block.BlankCount);
        lineBase += block.LineCount;
    }

    private void ReportUntil(ParsedBlock block, int line, ref int next)
    {
        for (; next < block.Rejected.Count && block.Rejected[next].Line < line; next++)
            Report(block.Rejected[next].Line, block.Rejected[next].Rejection);
    }

    private void Report(int line, LineRejection rejection) =>
        onProblem(LineRejections.Problem(source, lineBase + line, rejection));
}
