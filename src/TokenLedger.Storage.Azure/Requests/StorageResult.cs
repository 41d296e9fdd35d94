using System.Diagnostics.CodeAnalysis;

namespace TokenLedger.Storage.Azure.Requests;

/// <summary>An outcome, with a value exactly when it is <see cref="StorageOutcome.Done"/>.</summary>
public readonly record struct StorageResult<T>
{
    private readonly T? value;

    internal StorageResult(T value)
    {
        this.value = value;
        Outcome = StorageOutcome.Done;
    }

    internal StorageResult(StorageOutcome outcome)
    {
        value = default;
        Outcome = outcome;
    }

    public StorageOutcome Outcome { get; }

    public bool IsDone => Outcome == StorageOutcome.Done;

    /// <exception cref="InvalidOperationException">The outcome is not Done.</exception>
    [NotNull]
    public T? Value => IsDone
        ? value!
        : throw new InvalidOperationException($"There is no value: the outcome is {Outcome}.");

    /// <summary>The value, or null (for a value type its default) when there is none.</summary>
    public T? ValueOrDefault => value;
}
