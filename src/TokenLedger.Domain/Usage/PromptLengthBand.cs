namespace TokenLedger.Domain.Usage;

/// <summary>
/// The price-neutral class of a request's prompt length, so that usage folded once can be priced again under any
/// price book whose long-context threshold is one of <see cref="ThresholdsTokens"/>.
/// </summary>
/// <remarks>
/// A band holds prompts above its threshold, exclusive, up to the next threshold, inclusive: providers charge the
/// long rate above the limit, not at it.
/// </remarks>
public static class PromptLengthBand
{
    /// <summary>The thresholds in tokens, ascending; the first band starts at 0.</summary>
    public static IReadOnlyList<long> ThresholdsTokens { get; } =
        [0, 32_000, 64_000, 100_000, 128_000, 200_000, 256_000, 272_000, 400_000, 512_000, 1_000_000];

    /// <summary>The threshold of the band that a prompt of this length falls in.</summary>
    /// <param name="promptTokens">Fresh, read and written prompt tokens of one request.</param>
    public static long Of(long promptTokens)
    {
        for (var i = ThresholdsTokens.Count - 1; i > 0; i--)
        {
            if (promptTokens > ThresholdsTokens[i])
                return ThresholdsTokens[i];
        }

        return 0;
    }
}
