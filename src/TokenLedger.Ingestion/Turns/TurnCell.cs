using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.TokenLogs.Slices;

namespace TokenLedger.Ingestion.Turns;

/// <summary>The running totals of the requests of one slice in one turn.</summary>
internal sealed class TurnCell
{
    public TurnLink Link { get; private set; }

    public long Requests { get; private set; }

    public long DurationMilliseconds { get; private set; }

    public TokenCounts Tokens { get; private set; }

    public void Add(in UsageLine line, TurnLink link)
    {
        Link = link > Link ? link : Link;
        Requests++;
        DurationMilliseconds += line.DurationMilliseconds;
        Tokens += line.Tokens;
    }
}
