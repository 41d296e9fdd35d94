using TokenLedger.Domain.Reconciliation;

namespace TokenLedger.Hosting.Configuration;

/// <summary>One configured bucket.</summary>
/// <param name="Scope">What it names.</param>
/// <param name="IsExclusive">Whether it holds nothing but known runs' usage.</param>
internal sealed record BucketConfiguration(ExclusiveScope Scope, bool IsExclusive);
