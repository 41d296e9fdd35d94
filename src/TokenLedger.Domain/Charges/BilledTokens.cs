namespace TokenLedger.Domain.Charges;

/// <summary>The token columns of a billed row, as they stand. Null where the row has none.</summary>
/// <remarks>
/// Whether <see cref="Input"/> holds the cached tokens is not documented (github.com AI report, 2026-08); see
/// <c>BilledTokenConvention</c>.
/// </remarks>
/// <param name="Input">The input column.</param>
/// <param name="Output">The output column.</param>
/// <param name="CacheRead">The cache-read column.</param>
/// <param name="CacheWrite">The cache-write column, of any lifetime.</param>
public sealed record BilledTokens(long Input, long Output, long CacheRead, long CacheWrite);
