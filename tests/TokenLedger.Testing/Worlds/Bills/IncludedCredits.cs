using TokenLedger.Domain.Credits;

namespace TokenLedger.Testing.Worlds.Bills;

/// <summary>Takes each month's included credits off the bill: net is 0 until the pool is empty.</summary>
public sealed class IncludedCredits(long creditsPerMonth, WorldCoverage coverage)
{
    /// <summary>The lines with their final net amounts.</summary>
    public IEnumerable<BillLine> Apply(IEnumerable<BillLine> lines)
    {
        foreach (var month in lines.GroupBy(line => (line.Day.Year, line.Day.Month)))
        {
            var left = creditsPerMonth * AiCredits.NanoCreditsPerCredit;
            foreach (var line in month.OrderBy(line => line.Day))
            {
                if (!line.IsAiCredits)
                {
                    yield return line with { NetNanoCredits = line.GrossNanoCredits };
                    continue;
                }

                var discount = Math.Min(line.GrossNanoCredits, left);
                coverage.SawIf(left > 0 && discount == left, "pool ran empty");
                coverage.SawIf(discount > 0, "included credits");
                left -= discount;
                yield return line with { NetNanoCredits = line.GrossNanoCredits - discount };
            }
        }
    }
}
