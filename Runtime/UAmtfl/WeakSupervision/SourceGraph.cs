namespace UAmtfl.WeakSupervision;

/// <summary>The graph of dependencies between sources given the true labels (G_source without Y, which is joined to every source), made
/// chordal, with its junction tree.</summary>
public sealed class SourceGraph
{
    private readonly HashSet<int>[] neighbours;

    /// <summary>Makes the graph.</summary>
    /// <param name="sources">The number of sources m.</param>
    /// <param name="edges">The pairs of sources that depend on each other.</param>
    public SourceGraph(int sources, IEnumerable<(int First, int Second)> edges)
    {
        ArgumentNullException.ThrowIfNull(edges);
        Sources = sources;
        neighbours = [.. Enumerable.Range(0, sources).Select(_ => new HashSet<int>())];
        foreach (var (first, second) in edges.Where(e => e.First != e.Second))
        {
            Join(first, second);
        }

        var (order, added) = Eliminate();
        Added = added;
        Cliques = MaximalCliques(order);
        Separators = JunctionTree();
        Components = ConnectedComponents();
    }

    /// <summary>The number of sources m.</summary>
    public int Sources { get; }

    /// <summary>The edges that were added so that every cycle of more than three sources has a chord, because a junction tree needs
    /// that.</summary>
    public IReadOnlyList<(int First, int Second)> Added { get; }

    /// <summary>The maximal cliques, each in ascending order.</summary>
    public IReadOnlyList<int[]> Cliques { get; }

    /// <summary>The separators of the junction tree, a spanning forest of the cliques with the largest sum of common sources; empty
    /// intersections are left out. A posterior divides by them, so that they count with −1.</summary>
    public IReadOnlyList<int[]> Separators { get; }

    /// <summary>The connected components, each in ascending order. Sources of different components are independent given the
    /// labels.</summary>
    public IReadOnlyList<int[]> Components { get; }

    /// <summary>Returns all sets of sources of which each depends on each other one: O of Ratner et al. 2019. With Y alone and with each
    /// of them joined by Y they are the cliques C of G_source.</summary>
    public IEnumerable<int[]> CompleteSubgraphs() => Cliques
        .SelectMany(clique => Enumerable.Range(1, (1 << clique.Length) - 1)
            .Select(set => clique.Where((_, i) => (set >> i & 1) == 1).ToArray()))
        .DistinctBy(set => string.Join(',', set))
        .OrderBy(set => set.Length).ThenBy(set => set[0]);

    private void Join(int first, int second)
    {
        neighbours[first].Add(second);
        neighbours[second].Add(first);
    }

    /// <summary>Takes away the source whose neighbours lack the fewest edges, and adds those, until none is left (minimum
    /// fill).</summary>
    private (List<int> Order, List<(int, int)> Added) Eliminate()
    {
        var (left, order, added) = (Enumerable.Range(0, Sources).ToHashSet(), new List<int>(), new List<(int, int)>());
        while (left.Count > 0)
        {
            var (source, missing) = left.Order().Select(s => (s, Missing(s, left))).MinBy(s => s.Item2.Count);
            foreach (var (first, second) in missing)
            {
                Join(first, second);
                added.Add((first, second));
            }

            order.Add(source);
            left.Remove(source);
        }

        return (order, added);
    }

    private List<(int, int)> Missing(int source, HashSet<int> left)
    {
        var around = neighbours[source].Where(left.Contains).Order().ToList();
        return [.. around.SelectMany((a, i) => around.Skip(i + 1).Where(b => !neighbours[a].Contains(b)).Select(b => (a, b)))];
    }

    private List<int[]> MaximalCliques(List<int> order)
    {
        var place = order.Index().ToDictionary(o => o.Item, o => o.Index);
        var found = new List<int[]>();
        foreach (var source in order)
        {
            int[] clique = [.. neighbours[source].Where(n => place[n] > place[source]).Append(source).Order()];
            if (!found.Exists(other => clique.All(other.Contains)))
            {
                found.Add(clique);
            }
        }

        return [.. found.OrderBy(c => c[0]).ThenBy(c => c[^1])];
    }

    /// <summary>Joins cliques by the largest common set first (Kruskal), so that each source is in a connected part of the
    /// tree.</summary>
    private List<int[]> JunctionTree()
    {
        var pairs = Cliques
            .SelectMany((a, i) => Cliques.Skip(i + 1)
                .Select((b, j) => (First: i, Second: i + 1 + j, Common: a.Intersect(b).Order().ToArray())))
            .Where(p => p.Common.Length > 0)
            .OrderByDescending(p => p.Common.Length);
        var tree = Enumerable.Range(0, Cliques.Count).ToArray();
        var separators = new List<int[]>();
        foreach (var (first, second, common) in pairs)
        {
            if (tree[first] != tree[second])
            {
                var (from, to) = (tree[first], tree[second]);
                tree = Array.ConvertAll(tree, t => t == from ? to : t);
                separators.Add(common);
            }
        }

        return separators;
    }

    private List<int[]> ConnectedComponents()
    {
        var (component, found) = (new int?[Sources], new List<int[]>());
        for (var source = 0; source < Sources; source++)
        {
            if (component[source] is not null)
            {
                continue;
            }

            var (reached, open) = (new SortedSet<int> { source }, new Stack<int>([source]));
            while (open.TryPop(out var next))
            {
                foreach (var other in neighbours[next].Where(reached.Add))
                {
                    open.Push(other);
                }
            }

            foreach (var member in reached)
            {
                component[member] = found.Count;
            }

            found.Add([.. reached]);
        }

        return found;
    }
}
