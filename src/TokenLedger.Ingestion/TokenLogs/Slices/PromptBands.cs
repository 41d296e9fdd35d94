using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.TokenLogs.Slices;

/// <summary>The bands of <see cref="PromptLengthBand"/> by number, for half a million look-ups.</summary>
internal static class PromptBands
{
    private static readonly long[] Thresholds = [.. PromptLengthBand.ThresholdsTokens];

    /// <summary>How many bands there are.</summary>
    public static int Count => Thresholds.Length;

    /// <summary>The number of the band that <see cref="PromptLengthBand.Of"/> names.</summary>
    public static int NumberOf(long promptTokens)
    {
        var number = 0;
        while (number + 1 < Thresholds.Length && promptTokens > Thresholds[number + 1])
            number++;
        return number;
    }

    /// <summary>The threshold of a band.</summary>
    public static long Threshold(int number) => Thresholds[number];
}
