using System.Diagnostics;

namespace TokenLedger.Application.Configuration;

/// <summary>A text that must reach nobody but the one it is for: it shows itself nowhere by accident.</summary>
/// <remarks>It has no public property, so that no serializer finds one.</remarks>
[DebuggerDisplay(Shown)]
public sealed class Secret : IEquatable<Secret>
{
    private const string Shown = "***";

    private readonly string value;

    /// <summary>Wraps a text.</summary>
    /// <param name="value">The text; not blank.</param>
    public Secret(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        this.value = value;
    }

    /// <summary>The text itself, for the request or key that needs it. Never for a message or a file.</summary>
    public string Reveal() => value;

    /// <summary>Equal texts are equal secrets.</summary>
    public bool Equals(Secret? other) =>
        other is not null && string.Equals(value, other.value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Secret);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(value, StringComparison.Ordinal);

    /// <summary>Three stars.</summary>
    public override string ToString() => Shown;
}
