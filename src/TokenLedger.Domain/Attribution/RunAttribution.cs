using System.Collections.Immutable;

namespace TokenLedger.Domain.Attribution;

/// <summary>What configuration says of a run beside GitHub's facts.</summary>
/// <param name="Team">Whose work it is; null when no rule says.</param>
/// <param name="TaskType">What kind of work, such as <c>review</c>; null when no rule says.</param>
/// <param name="Tags">Free tags by name; a name without case.</param>
public sealed record RunAttribution(string? Team, string? TaskType, ImmutableSortedDictionary<string, string> Tags)
{
    /// <summary>Nothing is said.</summary>
    public static RunAttribution None { get; } =
        new(null, null, ImmutableSortedDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase));
}
