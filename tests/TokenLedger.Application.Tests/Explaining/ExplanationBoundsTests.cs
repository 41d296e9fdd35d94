using TokenLedger.Application.Explaining;

namespace TokenLedger.Application.Tests.Explaining;

public sealed class ExplanationBoundsTests
{
    [Fact]
    public void Whatever_is_left_out_the_parts_add_up_to_their_node()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var tree = Tree(new Random(seed), depth: 0);

            var bounded = ExplanationBounds.Apply(tree);

            Assert.Equal(tree.Figures, bounded.Figures);
            Assert.All(Nodes(bounded), node =>
            {
                Assert.True(node.Children.Count <= ExplanationBounds.ChildrenMax);
                if (node.Children.Any(child => child.IsPart))
                    Assert.Equal(node.Figures, ExplanationNode.SumOf(node.Children));
            });
            Assert.True(Nodes(bounded).Count() <= ExplanationBounds.NodesMax + (2 * ExplanationBounds.NodesMax));
            Assert.Equal(bounded.Children.Count, ExplanationBounds.Apply(bounded).Children.Count);
        }
    }

    [Fact]
    public void The_largest_stay_in_their_order_and_the_others_are_counted()
    {
        var parts = Enumerable.Range(1, 10_000)
            .Select(number => new ExplanationNode(
                ExplanationKind.Share, $"share {number}", ExplanationFigures.OfBill(number % 7_919, null)))
            .ToList();
        var root = new ExplanationNode(ExplanationKind.Charge, "charge", ExplanationNode.SumOf(parts)) { Children = parts };

        var bounded = ExplanationBounds.Apply(root);

        Assert.Equal("others (9951)", bounded.Children[^1].Label);
        Assert.Equal(
            parts.Where(part => part.Figures.GrossNanoCredits > 7_919 - 50).Select(part => part.Label),
            bounded.Children.SkipLast(1).Select(part => part.Label));
        Assert.Equal(root.Figures, ExplanationNode.SumOf(bounded.Children));
    }

    [Fact]
    public void A_tree_with_too_many_nodes_ends_in_sums()
    {
        ExplanationNode Wide(int depth)
        {
            var children = depth == 0 ? [] : Enumerable.Range(0, 40).Select(_ => Wide(depth - 1)).ToList();
            return new ExplanationNode(
                ExplanationKind.Day, "day",
                depth == 0 ? ExplanationFigures.OfBoth(1.5m, 3, 2) : ExplanationNode.SumOf(children))
            {
                Children = children,
            };
        }

        var bounded = ExplanationBounds.Apply(Wide(3));

        Assert.True(Nodes(bounded).Count() < 3 * ExplanationBounds.NodesMax);
        Assert.Contains(Nodes(bounded), node => node.Kind == ExplanationKind.Others);
        Assert.Equal(96_000m, bounded.Figures.EstimatedAiCredits);
        Assert.All(
            Nodes(bounded).Where(node => node.Children.Count > 0),
            node => Assert.Equal(node.Figures, ExplanationNode.SumOf(node.Children)));
    }

    private static ExplanationNode Tree(Random dice, int depth)
    {
        var count = depth > 2 || dice.Next(4) == 0 ? 0 : dice.Next(depth == 0 ? 130 : 9);
        var children = Enumerable.Range(0, count)
            .Select(_ => Tree(dice, depth + 1) with { IsPart = dice.Next(6) > 0 })
            .ToList();
        return new ExplanationNode(
            ExplanationKind.Day, "node",
            children.Exists(child => child.IsPart) ? ExplanationNode.SumOf(children) : Leaf(dice))
        {
            Children = children,
        };
    }

    private static ExplanationFigures Leaf(Random dice) => dice.Next(5) switch
    {
        0 => ExplanationFigures.None,
        1 => ExplanationFigures.OfEstimate(dice.Next(3) == 0 ? null : dice.Next(1, 1_000) / 8m),
        2 => ExplanationFigures.OfBill(dice.Next(3) == 0 ? null : dice.Next(-50, 1_000), dice.Next(3) == 0 ? null : 7),
        3 => ExplanationFigures.OfBoth(null, null, null),
        _ => ExplanationFigures.OfBoth(dice.Next(1_000) / 16m, dice.Next(1_000), dice.Next(500)),
    };

    private static IEnumerable<ExplanationNode> Nodes(ExplanationNode node) =>
        node.Children.SelectMany(Nodes).Prepend(node);
}
