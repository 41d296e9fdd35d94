namespace TokenLedger.Domain.Usage;

/// <summary>
/// The tokens of one run on one UTC day that share phase, purpose, channel, model, service tier and prompt-length band.
/// </summary>
/// <remarks>
/// Made by the fold over a run's archived files; holds no price. A request belongs to the UTC day of its own timestamp,
/// so a run over midnight has slices on two days.
/// </remarks>
/// <param name="Run">The run attempt.</param>
/// <param name="Day">The UTC day of the requests.</param>
/// <param name="Phase">The run's phase.</param>
/// <param name="Purpose">What the requests were for.</param>
/// <param name="Channel">Who bills them.</param>
/// <param name="Model">The normalised model name; see <c>ModelNames</c>.</param>
/// <param name="IsAutoSelected">Whether Copilot's automatic selection chose the model, which is discounted.</param>
/// <param name="ServiceTier">The provider's tier in lower case; <c>standard</c> where the log is silent.</param>
/// <param name="PromptLengthThresholdTokens">The band, as <see cref="PromptLengthBand.Of"/> gives it.</param>
/// <param name="Evidence">The road by which the tokens became known.</param>
/// <param name="Requests">Requests counted; 0 where only totals are known.</param>
/// <param name="DurationMilliseconds">The sum of request durations.</param>
/// <param name="Tokens">The tokens by disjoint kind.</param>
/// <param name="UnresolvedCacheTokens">
/// Cached tokens of records that do not tell whether their input already holds them. <paramref name="Tokens"/> takes
/// the smaller reading; the larger one has this many more input tokens.
/// </param>
public sealed record UsageSlice(
    RunKey Run,
    DateOnly Day,
    Phase Phase,
    Purpose Purpose,
    Channel Channel,
    string Model,
    bool IsAutoSelected,
    string ServiceTier,
    long PromptLengthThresholdTokens,
    UsageEvidence Evidence,
    long Requests,
    long DurationMilliseconds,
    TokenCounts Tokens,
    long UnresolvedCacheTokens = 0)
{
    /// <summary>The tier of a request whose log names none.</summary>
    public const string StandardTier = "standard";
}
