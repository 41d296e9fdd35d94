namespace TokenLedger.Application.Explaining;

/// <summary>Keeps an explanation readable: few children a node, and not too many nodes in all.</summary>
/// <remarks>What is left out of the parts is summed in one node, so that a node's parts still add up to it.</remarks>
internal static class ExplanationBounds
{
    /// <summary>Children of one node, the one that sums the others among them.</summary>
    public const int ChildrenMax = 50;

    /// <summary>Nodes of a tree; one level more than these is told in sums.</summary>
    public const int NodesMax = 5_000;

    private const int AboutMin = 10;

    /// <summary>The tree within both bounds. Upper levels are served first.</summary>
    public static ExplanationNode Apply(ExplanationNode root)
    {
        var left = NodesMax;
        var depthMax = 0;
        for (var level = new List<ExplanationNode> { root }; level.Count > 0; depthMax++)
        {
            left -= level.Count;
            if (left < 0)
                break;
            level = [.. level.SelectMany(node => Few(node.Children))];
        }

        return Cut(root, Math.Max(depthMax, 1));
    }

    private static ExplanationNode Cut(ExplanationNode node, int levels) => node with
    {
        Children = levels > 1
            ? [.. Few(node.Children).Select(child => Cut(child, levels - 1))]
            : node.Children.Count == 0 ? [] : [.. Sums(node.Children)],
    };

    // What tells about a node is not crowded out by its parts.
    private static IReadOnlyList<ExplanationNode> Few(IReadOnlyList<ExplanationNode> children)
    {
        if (children.Count <= ChildrenMax)
            return children;
        var parts = children.Where(child => child.IsPart).ToList();
        var about = children.Where(child => !child.IsPart).ToList();
        var aboutMax = Math.Min(about.Count, Math.Max(AboutMin, ChildrenMax - parts.Count));
        return [.. FewParts(parts, ChildrenMax - aboutMax), .. FewAbout(about, aboutMax)];
    }

    private static IEnumerable<ExplanationNode> FewParts(List<ExplanationNode> parts, int max)
    {
        if (parts.Count <= max)
            return parts;
        var kept = parts
            .Index()
            .OrderByDescending(part => Math.Abs((decimal)(part.Item.Figures.GrossNanoCredits ?? 0)))
            .ThenByDescending(part => part.Item.Figures.EstimatedAiCredits ?? 0m)
            .ThenBy(part => part.Index)
            .Take(max - 1)
            .Select(part => part.Index)
            .ToHashSet();
        return parts.Where((_, at) => kept.Contains(at))
            .Append(OthersOf([.. parts.Where((_, at) => !kept.Contains(at))]));
    }

    private static IEnumerable<ExplanationNode> FewAbout(List<ExplanationNode> about, int max) => about.Count <= max
        ? about
        : about.Take(max - 1).Append(NotShown(about.Count - max + 1));

    private static IEnumerable<ExplanationNode> Sums(IReadOnlyList<ExplanationNode> left)
    {
        var parts = left.Where(child => child.IsPart).ToList();
        if (parts.Count > 0)
            yield return OthersOf(parts);
        if (left.Count > parts.Count)
            yield return NotShown(left.Count - parts.Count);
    }

    private static ExplanationNode OthersOf(IReadOnlyList<ExplanationNode> parts) => new(
        ExplanationKind.Others, FormattableString.Invariant($"others ({parts.Count})"), ExplanationNode.SumOf(parts));

    private static ExplanationNode NotShown(int count) =>
        ExplanationNode.About(ExplanationKind.Others, FormattableString.Invariant($"not shown ({count})"));
}
