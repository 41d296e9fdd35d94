namespace TokenLedger.Domain.Charges;

/// <summary>
/// One wallet. An enterprise with its organisations and cost centres is one; the outermost configured is the basis.
/// </summary>
/// <param name="Source">
/// The bill's source in lower case: <c>github</c>, <c>anthropic</c>, <c>openai</c> or another provider's name.
/// </param>
/// <param name="Kind">What the name names.</param>
/// <param name="Name">The organisation, enterprise, user or account; compared without case.</param>
public sealed record BillingAccount(string Source, BillingAccountKind Kind, string Name) : IComparable<BillingAccount>
{
    /// <summary>The source of GitHub's bills.</summary>
    public const string GitHub = "github";

    /// <summary>The source of Anthropic's bills.</summary>
    public const string Anthropic = "anthropic";

    /// <summary>The source of OpenAI's bills.</summary>
    public const string OpenAI = "openai";

    /// <summary>The name in lower case, as it stands in keys.</summary>
    public string Key => $"{Source}:{Kind.ToString().ToLowerInvariant()}:{Name.ToLowerInvariant()}";

    /// <summary>Equal keys are equal accounts.</summary>
    public bool Equals(BillingAccount? other) =>
        other is not null && string.Equals(Key, other.Key, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(Key, StringComparison.Ordinal);

    /// <summary>Ordinal by key.</summary>
    public int CompareTo(BillingAccount? other) => string.CompareOrdinal(Key, other?.Key);

    /// <summary>The key.</summary>
    public override string ToString() => Key;
}
