using TokenLedger.Domain.Usage;

namespace TokenLedger.Testing.Samples;

/// <summary>One model call as it truly happened: what the provider bills, before any log or bill describes it.</summary>
/// <param name="Time">The end of the response, UTC.</param>
/// <param name="Model">The model's id as logs spell it.</param>
/// <param name="Channel">Who bills.</param>
/// <param name="Phase">The run's phase.</param>
/// <param name="IsRouting">Whether the router asked.</param>
/// <param name="Tokens">The true tokens.</param>
/// <param name="LosesCacheWrites">Whether the proxy reports written tokens as fresh input, as it does for GPT on <c>/responses</c>.</param>
public sealed record SampleCall(
    DateTimeOffset Time, string Model, Channel Channel, Phase Phase, bool IsRouting, TokenCounts Tokens, bool LosesCacheWrites);
