using System.Runtime.InteropServices;
using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>The tree of a network that branches: each stretch of layers has branches side by side, and each task passes through one branch
/// of each. Tasks that part in a stretch stay apart in all that follow. The tree is a buffer, so that it is saved and loaded with the
/// weights of the network.</summary>
public sealed class BranchTree : nn.Module
{
    private const long Unknown = -1;

    private readonly Stack[] stretches;
    private readonly Tensor branches;
    private Shape shape;

    /// <summary>Creates the tree.</summary>
    /// <param name="tasks">The number T of tasks.</param>
    /// <param name="decided">True to begin with one branch in each stretch, which is hard sharing. All other copies of a stretch become 0,
    /// and stay 0 under every optimiser and penalty, because they have no gradient until a branch is copied into them. False for a tree
    /// that is not known yet: each stretch has T branches.</param>
    /// <param name="stretches">The stretches from the first to the last, with T copies each. They belong to the network, not to the
    /// tree.</param>
    public BranchTree(int tasks, bool decided, params Stack[] stretches)
        : base(nameof(BranchTree))
    {
        this.stretches = stretches;
        branches = full([stretches.Length, tasks], decided ? 0 : Unknown, dtype: ScalarType.Int64, device: CPU);
        register_buffer("Branches", branches);
        shape = new(branches.data<long>().ToArray(), tasks);
        foreach (var stretch in decided ? stretches : [])
        {
            stretch.Split([0]);
        }
    }

    /// <summary>The number of stretches.</summary>
    public int Stretches => stretches.Length;

    /// <summary>True if the tree is known; false if each stretch still has a branch for each task, and nothing says which follows
    /// which.</summary>
    public bool Decided => Read().Decided;

    /// <summary>Returns the branch of each task in a stretch, [T]. Branches are numbered in the order of their first tasks.</summary>
    /// <param name="stretch">The index of the stretch, 0 for the first.</param>
    public IReadOnlyList<int> Of(int stretch) => Read().Branches[stretch];

    /// <summary>Returns the number of branches of a stretch.</summary>
    /// <param name="stretch">The index of the stretch, 0 for the first.</param>
    public int Count(int stretch) => Read().Count(stretch);

    /// <summary>Gives each branch of a stretch what it takes: the output of the branch before it.</summary>
    /// <param name="stretch">The index of the stretch, 0 for the first.</param>
    /// <param name="h">The output of the stretch before, [B, N, k] of rows or [N, B·ch, H, W] of images for its B branches; for the first
    /// stretch what all tasks share, [N, k] or [N, ch, H, W].</param>
    /// <returns>The inputs of the branches in the same form.</returns>
    public Tensor Into(int stretch, Tensor h)
    {
        ArgumentNullException.ThrowIfNull(h);
        var tree = Read();
        return stretch == 0
            ? h.dim() == 2 ? h.unsqueeze(0).expand(tree.Count(0), -1, -1) : h.repeat(1, tree.Count(0), 1, 1)
            : Gathered(h, tree.Count(stretch - 1), tree.Parents(stretch));
    }

    /// <summary>Gives each task the output of its branch of the last stretch.</summary>
    /// <param name="h">The output of the last stretch, [B, N, k].</param>
    /// <returns>The features of the tasks, [T, N, k].</returns>
    public Tensor ToTasks(Tensor h) => Gathered(h, Read().Count(Stretches - 1), Of(Stretches - 1));

    /// <summary>Adds to the graph of an exported model what <see cref="Into(int, Tensor)"/> does.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stretch">The index of the stretch, 0 for the first.</param>
    /// <param name="h">The name of the output of the stretch before.</param>
    /// <param name="shape">The shape of one sample of one branch: (channels, height, width) or (features).</param>
    /// <returns>The name of the inputs of the branches.</returns>
    public string Into(OnnxGraph graph, int stretch, string h, params int[] shape)
    {
        var (tree, images) = (Read(), shape.Length == 3);
        return stretch > 0 ? Gathered(graph, h, tree.Count(stretch - 1), tree.Parents(stretch), shape)
            : images ? Stack.Spread(graph, h, tree.Count(0), images)
            : Stack.Spread(graph, graph.Add("Unsqueeze", [h, graph.Integers(0)]), tree.Count(0), images);
    }

    /// <summary>Adds to the graph of an exported model what <see cref="ToTasks(Tensor)"/> does.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="h">The name of the output of the last stretch.</param>
    /// <param name="features">The number of features k.</param>
    /// <returns>The name of the features of the tasks, [T, N, k].</returns>
    public string ToTasks(OnnxGraph graph, string h, int features) =>
        Gathered(graph, h, Read().Count(Stretches - 1), Of(Stretches - 1), [features]);

    /// <summary>Splits branches of a stretch. Each new branch has a copy of the weights of the branch that it is split from, so that no
    /// output changes but for rounding.</summary>
    /// <param name="stretch">The index of the stretch, 0 for the first.</param>
    /// <param name="branches">The new branch of each task, [T]. Tasks that were in different branches stay in different ones, and tasks
    /// that part here were in different branches of all stretches that follow.</param>
    /// <returns>For each new branch the branch that it is split from, [B].</returns>
    /// <exception cref="ArgumentException">Tasks would be joined, or would part only to meet again.</exception>
    public IReadOnlyList<int> Split(int stretch, IReadOnlyList<int> branches)
    {
        ArgumentNullException.ThrowIfNull(branches);
        var tree = Read();
        var (before, numbered) = (tree.Branches[stretch], Numbered(branches));
        var after = stretch + 1 < Stretches ? tree.Branches[stretch + 1] : [.. Enumerable.Range(0, before.Length)];
        if (!tree.Decided || !Refines(numbered, before) || !Refines(after, numbered))
        {
            throw new ArgumentException(
                $"the branches [{string.Join(", ", branches)}] of stretch {stretch + 1} do not lie between [{string.Join(", ", before)}] "
                + $"and [{string.Join(", ", after)}]: tasks can only part, and in a later stretch first",
                nameof(branches));
        }

        int[] parents = [.. Enumerable.Range(0, numbered.Max() + 1).Select(b => before[Array.IndexOf(numbered, b)])];
        Write(stretch, numbered);
        stretches[stretch].Split(parents);
        return parents;
    }

    /// <summary>Makes a tree that is not known yet one in which each task passes through given branches. Branches of no task are left
    /// out.</summary>
    /// <param name="branches">For each stretch the branch of each task, [T], as numbered until now.</param>
    /// <returns>For each stretch the former number of each of its branches, [B].</returns>
    internal IReadOnlyList<IReadOnlyList<int>> Decide(IReadOnlyList<IReadOnlyList<int>> branches)
    {
        List<IReadOnlyList<int>> kept = [];
        foreach (var (stretch, of) in branches.Index())
        {
            var parents = of.Distinct().ToArray();
            Write(stretch, Numbered(of));
            stretches[stretch].Split(parents);
            kept.Add(parents);
        }

        return kept;
    }

    private void Write(int stretch, int[] of)
    {
        using var frozen = no_grad();
        using var values = tensor([.. of.Select(b => (long)b)]);
        using var row = branches[stretch];
        row.copy_(values);
    }

    /// <summary>Does nothing, because the constructor registers the buffer, and the stretches belong to the network.</summary>
    protected override void RegisterComponents()
    {
    }

    /// <summary>Returns groups in the order of their first tasks: [2, 0, 2] becomes [0, 1, 0].</summary>
    private static int[] Numbered(IReadOnlyList<int> groups)
    {
        List<int> order = [.. groups.Distinct()];
        return [.. groups.Select(g => order.IndexOf(g))];
    }

    /// <summary>Returns true if tasks of the same group are always in the same group of a coarser grouping.</summary>
    private static bool Refines(IReadOnlyList<int> groups, IReadOnlyList<int> coarser) =>
        groups.Zip(coarser).GroupBy(t => t.First).All(g => g.Select(t => t.Second).Distinct().Count() == 1);

    /// <summary>Returns chosen branches.</summary>
    internal static Tensor Gathered(Tensor h, int from, IReadOnlyList<int> chosen)
    {
        if (chosen.SequenceEqual(Enumerable.Range(0, from)))
        {
            return h;
        }

        if (h.dim() == 3)
        {
            return from == 1 ? h.expand(chosen.Count, -1, -1) : stack([.. chosen.Select(b => h[b])]);
        }

        var apart = h.unflatten(1, from, -1);
        return cat([.. chosen.Select(b => apart.select(1, b))], 1);
    }

    /// <summary>Adds to the graph of an exported model what <see cref="Gathered(Tensor, int, IReadOnlyList{int})"/> does.</summary>
    internal static string Gathered(OnnxGraph graph, string h, int from, IReadOnlyList<int> chosen, int[] shape)
    {
        if (chosen.SequenceEqual(Enumerable.Range(0, from)))
        {
            return h;
        }

        var indices = graph.Integers([.. chosen]);
        if (shape.Length == 1)
        {
            return graph.Add("Gather", [h, indices], ("axis", 0));
        }

        var apart = graph.Add("Reshape", [h, graph.Integers(0, from, shape[0], shape[1], shape[2])]);
        return graph.Add(
            "Reshape",
            [graph.Add("Gather", [apart, indices], ("axis", 1)), graph.Integers(0, chosen.Count * shape[0], shape[1], shape[2])]);
    }

    /// <summary>Returns the tree, and makes stretches compute its branches. The buffer can have been overwritten since the last call, for
    /// example by the loading of a model; it lies in main memory, so that reading it waits for no device.</summary>
    private Shape Read()
    {
        using var scope = NewDisposeScope();
        var values = branches.cpu();
        if (!shape.Is(values.bytes))
        {
            Shape read = new(values.data<long>().ToArray(), (int)branches.shape[1]);
            for (var s = 0; s < Stretches; s++)
            {
                stretches[s].Activate(read.Count(s));
            }

            shape = read;
        }

        return shape;
    }

    /// <summary>What is known of a tree on the host.</summary>
    private sealed class Shape
    {
        private readonly long[] values;
        private readonly int[][] parents;

        public Shape(long[] values, int tasks)
        {
            this.values = values;
            Branches = [.. values.Chunk(tasks).Select(of => of.Select(b => (int)b).ToArray())];
            Decided = values[0] != Unknown;
            if (!Decided)
            {
                parents = [];
                return;
            }

            parents =
            [
                .. Branches.Select((of, s) => s == 0 ? [] : Enumerable.Range(0, of.Max() + 1)
                    .Select(b => Branches[s - 1][Array.IndexOf(of, b)]).ToArray()),
            ];
        }

        public int[][] Branches { get; }

        public bool Decided { get; }

        public int Count(int stretch) => Decided ? Branches[stretch].Max() + 1 : Branches[stretch].Length;

        public int[] Parents(int stretch) => parents[stretch];

        public bool Is(ReadOnlySpan<byte> other) => other.SequenceEqual(MemoryMarshal.AsBytes<long>(values));
    }
}
