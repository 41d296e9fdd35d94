namespace TokenLedger.Application.Explaining;

/// <summary>A figure with what it is made of.</summary>
/// <remarks>
/// For each figure that any part among the children tells of, the parts add up to the node's own, exactly. Children
/// that are no parts tell about the node and add nothing to it.
/// </remarks>
/// <param name="Kind">What it stands for.</param>
/// <param name="Label">Its name for people; may hold outside text.</param>
/// <param name="Figures">Its figures.</param>
public sealed record ExplanationNode(ExplanationKind Kind, string Label, ExplanationFigures Figures)
{
    /// <summary>Whether its figures are a part of its parent's.</summary>
    public bool IsPart { get; init; } = true;

    /// <summary>What is known of it.</summary>
    public IReadOnlyList<ExplanationFact> Facts { get; init; } = [];

    /// <summary>What it is made of, and what tells about it.</summary>
    public IReadOnlyList<ExplanationNode> Children { get; init; } = [];

    /// <summary>Something about the parent, without figures.</summary>
    public static ExplanationNode About(
        ExplanationKind kind, string label, params ReadOnlySpan<(string Name, string? Text)> facts) =>
        new(kind, label, ExplanationFigures.None) { IsPart = false, Facts = ExplanationFact.Of(facts) };

    /// <summary>The sum of the parts among the children.</summary>
    public static ExplanationFigures SumOf(IEnumerable<ExplanationNode> children) =>
        ExplanationFigures.SumOf(children.Where(child => child.IsPart).Select(child => child.Figures));
}
