using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Files;
using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Models;

/// <summary>The weights that a network starts from.</summary>
/// <param name="From">The file that they were read from, for messages.</param>
/// <param name="Tensors">The tensors by name, as PyTorch names them.</param>
public sealed record StartingWeights(string From, IReadOnlyDictionary<string, Tensor> Tensors)
{
    /// <summary>Reads weights from a file; they belong to the dispose scope of the caller.</summary>
    /// <param name="file">The path of a file in the safetensors format, or of one that PyTorch wrote, which ends in <c>.pt</c> or
    /// <c>.pth</c>.</param>
    /// <exception cref="UAmtflException">The file is missing, damaged, or has numbers that are not finite.</exception>
    public static StartingWeights Read(string file) => Read(file, new(null, []));

    /// <summary>Reads weights from a file that must not change during a run.</summary>
    /// <param name="file">The path of the file.</param>
    /// <param name="ledger">Records the file, and compares it with what the run has read before.</param>
    /// <exception cref="DataException">The file is another than before.</exception>
    /// <exception cref="UAmtflException">The file is missing, damaged, or has numbers that are not finite.</exception>
    internal static StartingWeights Read(string file, ReadLedger ledger)
    {
        try
        {
            var bytes = File.ReadAllBytes(file);
            ledger.Add(file, bytes);
            using var stream = new MemoryStream(bytes);
            var tensors = PyTorchFile.Is(file) ? PyTorchFile.Read(stream) : Safetensors.Read(stream).Tensors;
            ModelChecks.RequireFinite(tensors);
            return new(file, OfNetwork(tensors));
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or InvalidDataException || (e is UAmtflException and not DataException))
        {
            throw new UAmtflException($"cannot start from {file}: {e.Message}", e);
        }
    }

    /// <summary>Copies weights into a network. A trunk for each task takes those of the same trunk for each task, or of one shared
    /// trunk, and so do layers that have a copy for each task.</summary>
    /// <param name="network">The network.</param>
    /// <param name="start">Says which tensors are taken over.</param>
    /// <exception cref="UAmtflException">A tensor is missing or has another shape, or the network has none of those that are
    /// named.</exception>
    public void CopyTo(Network network, StartingPoint start)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var chosen = network.state_dict()
            .Where(t => start.Paths.Count > 0 ? start.Paths.Any(p => Parts.IsWithin(t.Key, p)) : start.Part.Has(t.Key)).ToList();
        RequirePaths(network, start, From);
        var copies = chosen.Select(t => (Target: t.Value, Source: Source(network, t.Key, t.Value))).ToList();
        foreach (var (target, source) in copies)
        {
            target.copy_(source);
        }
    }

    /// <summary>Refuses paths that a network has no tensor below.</summary>
    /// <param name="network">The network.</param>
    /// <param name="start">Says which tensors are taken over.</param>
    /// <param name="from">What the network starts from, for messages.</param>
    /// <exception cref="UAmtflException">There is such a path.</exception>
    internal static void RequirePaths(Network network, StartingPoint start, string from)
    {
        var names = network.state_dict().Keys.ToList();
        if (start.Paths.FirstOrDefault(p => !names.Exists(name => Parts.IsWithin(name, p))) is { } unknown)
        {
            throw Refused(network, from, $"the network has no tensor {unknown}: name one of {string.Join(", ", names.Take(10))}, …");
        }
    }

    /// <summary>Returns the tensors of a file under the names of a network. A file in which no name begins with Trunk or Head has those of
    /// a trunk alone, such as the model of another program, because every network has heads.</summary>
    private static IReadOnlyDictionary<string, Tensor> OfNetwork(IReadOnlyDictionary<string, Tensor> tensors) =>
        tensors.Keys.Any(n => n.StartsWith("Trunk", StringComparison.Ordinal) || n.StartsWith("Head", StringComparison.Ordinal))
            ? tensors
            : tensors.ToDictionary(t => $"Trunk.{t.Key}", t => t.Value);

    private Tensor Source(Network network, string path, Tensor target)
    {
        if (Tensors.TryGetValue(path, out var same))
        {
            return same.shape.SequenceEqual(target.shape) ? same
                : network.children().OfType<AdaptedTrunk>().FirstOrDefault() is { } adapted
                    && target.shape.SequenceEqual([adapted.Copies * same.shape[0], .. same.shape.Skip(1)])
                    ? same.repeat([adapted.Copies, .. Enumerable.Repeat(1L, (int)same.dim() - 1)])   // a copy for each task
                : throw Refused(
                network,
                $"its {path} is [{string.Join(", ", same.shape)}], but that of the network is [{string.Join(", ", target.shape)}]");
        }

        // The layers of a stack name their parameters in another case than those of a single trunk.
        const string own = "Trunks.", shared = "Trunk.";
        var stack = network.children().OfType<Stack>().FirstOrDefault();
        var one = stack is null || !path.StartsWith(own, StringComparison.Ordinal) ? null
            : Tensors.FirstOrDefault(t => t.Key.Equals($"{shared}{path[own.Length..]}", StringComparison.OrdinalIgnoreCase)).Value;
        if ((stack is null || one is null) && path.EndsWith(".num_batches_tracked", StringComparison.Ordinal))
        {
            return target;   // older versions of PyTorch do not save this number, on which no result depends
        }

        if (stack is null || one is null)
        {
            throw Refused(network, $"it has no tensor {path}; name the tensors that both have with Paths of [StartFrom]");
        }

        if (target.dim() == 0)
        {
            return one;
        }

        // The first dimension is the tasks, or has the channels of one task after those of another.
        var perTask = target.dim() == one.dim() + 1 ? target.shape[1..] : [target.shape[0] / stack.Copies, .. target.shape[1..]];
        return perTask.SequenceEqual(one.shape)
            ? one.unsqueeze(0).expand([stack.Copies, .. perTask]).reshape(target.shape)
            : throw Refused(
                network, $"its {path} is [{string.Join(", ", one.shape)}], but that of a task is [{string.Join(", ", perTask)}]");
    }

    private UAmtflException Refused(Network network, string why) => Refused(network, From, why);

    private static UAmtflException Refused(Network network, string from, string why) =>
        new($"{network.GetName()} cannot start from {from}: {why}");
}
