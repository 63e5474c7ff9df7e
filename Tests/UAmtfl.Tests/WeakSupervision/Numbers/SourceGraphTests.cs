using UAmtfl.WeakSupervision;

namespace UAmtfl.Tests.WeakSupervision.Numbers;

/// <summary>The graph of dependencies between sources.</summary>
public sealed class SourceGraphTests
{
    [Fact]
    public void TheExampleOfThePaperHasElevenCliquesOfWhichFiveAreObserved()
    {
        var observed = new SourceGraph(4, [(0, 1)]).CompleteSubgraphs().ToList();
        Assert.Equal([[0], [1], [2], [3], [0, 1]], observed);

        // Y alone, the observed ones, and each of them with Y.
        Assert.Equal(11, 1 + (2 * observed.Count));
    }

    [Fact]
    public void ACycleOfFourGetsAChord()
    {
        var graph = new SourceGraph(4, [(0, 1), (1, 2), (2, 3), (3, 0)]);
        Assert.Equal([(1, 3)], graph.Added);
        Assert.Equal([[0, 1, 3], [1, 2, 3]], graph.Cliques);
        Assert.Equal([[1, 3]], graph.Separators);
    }

    [Fact]
    public void TheJunctionTreeHasTheLargestSeparators()
    {
        // A minimum spanning tree, or one in the order of the cliques, would join {0, 1, 2} and {2, 3, 4} by {2} twice.
        var graph = new SourceGraph(5, [(0, 1), (0, 2), (1, 2), (1, 3), (2, 3), (2, 4), (3, 4)]);
        Assert.Equal([[0, 1, 2], [1, 2, 3], [2, 3, 4]], graph.Cliques);
        Assert.Equal([[1, 2], [2, 3]], graph.Separators);
        Assert.Empty(graph.Added);
    }

    [Fact]
    public void AChainHasASeparatorForEachInnerSource()
    {
        var graph = new SourceGraph(5, [(0, 1), (1, 2), (2, 3)]);
        Assert.Equal([[0, 1], [1, 2], [2, 3], [4]], graph.Cliques);
        Assert.Equal([[1], [2]], graph.Separators);
        Assert.Equal([[0, 1, 2, 3], [4]], graph.Components);
    }

    [Fact]
    public void EachSourceIsInOneCliqueMoreThanSeparators()
    {
        var random = new Random(3);
        for (var trial = 0; trial < 50; trial++)
        {
            var graph = new SourceGraph(9, [.. Enumerable.Range(0, 11).Select(_ => (random.Next(9), random.Next(9)))]);
            for (var source = 0; source < 9; source++)
            {
                Assert.Equal(
                    1, graph.Cliques.Count(c => c.Contains(source)) - graph.Separators.Count(s => s.Contains(source)));
            }
        }
    }
}
