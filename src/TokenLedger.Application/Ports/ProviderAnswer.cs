namespace TokenLedger.Application.Ports;

/// <summary>What a provider answered: a value, or why there is none.</summary>
/// <param name="Value">The value; null exactly when there is a refusal.</param>
/// <param name="Refusal">The refusal; null exactly when there is a value.</param>
public readonly record struct ProviderAnswer<T>(T? Value, ProviderRefusal? Refusal)
    where T : class
{
    /// <summary>The value as an answer.</summary>
    public static implicit operator ProviderAnswer<T>(T value) => new(value, null);

    /// <summary>The refusal as an answer.</summary>
    public static implicit operator ProviderAnswer<T>(ProviderRefusal refusal) => new(null, refusal);
}
