using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Training;

/// <summary>Everything on which the rest of a training depends after an epoch, copied to main memory: the parameters and statistics of
/// the network, what the weighting keeps, the moments of the optimiser, and what its schedule has counted. Random numbers are no part of
/// it, because those of an epoch are derived from its number.</summary>
public sealed class TrainingState : IDisposable
{
    private const string OfNetwork = "network.";
    private const string OfObjective = "objective.";
    private const string OfOptimizer = "optimizer.";
    private const string OfBest = "best.";

    /// <summary>Takes over tensors that were read from a file.</summary>
    /// <param name="epochs">The number of epochs that were trained, at least 1.</param>
    /// <param name="tensors">The tensors by name; they are disposed of with the state.</param>
    public TrainingState(int epochs, IReadOnlyDictionary<string, Tensor> tensors) => (Epochs, Tensors) = (epochs, tensors);

    /// <summary>The number of epochs that were trained, at least 1.</summary>
    public int Epochs { get; }

    /// <summary>The tensors by name: <c>network.PATH</c>, <c>objective.PATH</c>, and for the moments of a parameter
    /// <c>optimizer.network.PATH.NAME</c>. They are dense and lie in main memory.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; }

    /// <summary>Copies the state of a training between two steps.</summary>
    /// <param name="objective">The objective, with its network.</param>
    /// <param name="optimizer">The optimiser of its parameters.</param>
    /// <param name="epochs">The number of epochs that were trained, at least 1.</param>
    /// <param name="best">The best epochs so far; null if none is kept.</param>
    public static TrainingState Of(Objective objective, FusedOptimizer optimizer, int epochs, BestEpochs? best = null)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var kept = best?.Kept.SelectMany(epoch => epoch.Value.Select(t => (Name: BestName(epoch.Key, t.Key), t.Value))) ?? [];
        var copies = Live(objective, optimizer).Concat(kept).ToDictionary(
            t => t.Name, t => t.Value.detach().cpu().contiguous().clone().DetachFromDisposeScope());
        return new(epochs, copies);
    }

    /// <summary>Writes the state into a training that has made no step, which then goes on as the earlier one would have, bit by
    /// bit.</summary>
    /// <param name="objective">An objective of the same variant, with its network.</param>
    /// <param name="optimizer">The optimiser of its parameters.</param>
    /// <exception cref="InvalidDataException">A tensor is missing, is of another shape or type, or belongs to another variant.</exception>
    public void CopyTo(Objective objective, FusedOptimizer optimizer)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var live = Live(objective, optimizer).ToList();
        var unknowns = Tensors.Keys.Where(name => !name.StartsWith(OfBest, StringComparison.Ordinal)).Except(live.Select(t => t.Name));
        if (unknowns.Order(StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw new InvalidDataException($"it has {unknown}, which variant {objective.Network.GetName()} does not");
        }

        foreach (var (name, value) in live)
        {
            if (!Tensors.TryGetValue(name, out var kept))
            {
                throw new InvalidDataException($"it lacks {name} of variant {objective.Network.GetName()}");
            }

            if (!kept.shape.SequenceEqual(value.shape) || kept.dtype != value.dtype)
            {
                throw new InvalidDataException($"its {name} is {Describe(kept)}, but that of the variant is {Describe(value)}");
            }
        }

        foreach (var (name, value) in live)
        {
            value.copy_(Tensors[name]);
        }

        optimizer.Continue();
    }

    /// <summary>Writes the best epochs into those of a training that has made no step.</summary>
    /// <param name="earlier">The best epoch of each error that is watched.</param>
    /// <param name="best">The best epochs of the training.</param>
    /// <param name="network">The network of the training.</param>
    /// <exception cref="InvalidDataException">A tensor is missing or of another shape, or another number of errors is watched.</exception>
    public void CopyBestTo(IReadOnlyList<BestEpoch> earlier, BestEpochs best, Network network)
    {
        if (earlier.Count != best.Best.Count)
        {
            throw new InvalidDataException($"it watches {earlier.Count} errors, but the training {best.Best.Count}");
        }

        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        best.Continue(
            earlier,
            earlier.Where(b => b.Epoch > 0).Select(b => b.Epoch).Distinct().ToDictionary(
                epoch => epoch, epoch => network.state_dict().ToDictionary(t => t.Key, t => Best(epoch, t.Key, t.Value))));

        Tensor Best(int epoch, string path, Tensor value) =>
            Tensors.TryGetValue(BestName(epoch, path), out var tensor) && tensor.shape.SequenceEqual(value.shape)
                ? tensor.to(value.dtype, value.device, copy: true)
                : throw new InvalidDataException($"it lacks {path} of epoch {epoch}, in the shape that the network has");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in Tensors.Values)
        {
            tensor.Dispose();
        }
    }

    private static IEnumerable<(string Name, Tensor Value)> Live(Objective objective, FusedOptimizer optimizer)
    {
        var parameters = Named(OfNetwork, objective.Network.named_parameters())
            .Concat(Named(OfObjective, objective.State.named_parameters()))
            .ToDictionary(p => p.Parameter.Handle, p => p.Name);
        return Of(OfNetwork, objective.Network)
            .Concat(Of(OfObjective, objective.State))
            .Concat(optimizer.Moments().Select(m => ($"{OfOptimizer}{parameters[m.Parameter.Handle]}.{m.Name}", m.Value)))
            .Concat(optimizer.Plateau is { } plateau ? [(Plateau.Name, plateau.State)] : []);
    }

    private static IEnumerable<(string Name, Tensor Value)> Of(string prefix, nn.Module module) =>
        module.state_dict().Select(t => (prefix + t.Key, t.Value));

    private static IEnumerable<(string Name, Tensor Parameter)> Named(
        string prefix, IEnumerable<(string Name, TorchSharp.Modules.Parameter Parameter)> parameters) =>
        parameters.Select(p => (prefix + p.Name, (Tensor)p.Parameter));

    private static string BestName(int epoch, string path) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{OfBest}{epoch}.{path}");

    private static string Describe(Tensor tensor) => $"{tensor.dtype} [{string.Join(", ", tensor.shape)}]";
}
