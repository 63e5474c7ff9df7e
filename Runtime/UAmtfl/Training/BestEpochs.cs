using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Training;

/// <summary>The best epoch of one error that early stopping watches.</summary>
/// <param name="Epoch">The number of the epoch, 1, 2, …; 0 while no epoch has an error that is a number.</param>
/// <param name="Error">The error of that epoch; NaN while there is none.</param>
public readonly record struct BestEpoch(int Epoch, double Error)
{
    /// <summary>No epoch yet.</summary>
    public static BestEpoch None { get; } = new(0, double.NaN);
}

/// <summary>Keeps the parameters and statistics of a network from the epochs with the smallest validation errors, and decides when the
/// training has waited long enough for a smaller one. It watches one error, or the error of each task; of equal errors the first
/// counts.</summary>
/// <param name="patience">The number of epochs after the best after which the training ends, at least 1.</param>
/// <param name="errors">The number of errors that are watched.</param>
public sealed class BestEpochs(int patience, int errors = 1) : IDisposable
{
    private readonly BestEpoch[] best = [.. Enumerable.Repeat(BestEpoch.None, errors)];
    private readonly SortedDictionary<int, IReadOnlyDictionary<string, Tensor>> kept = [];

    /// <summary>The best epoch of each error.</summary>
    public IReadOnlyList<BestEpoch> Best => best;

    /// <summary>The parameters and statistics of the best epochs: by number of the epoch, then by path. Errors with the same best epoch
    /// share them.</summary>
    internal IReadOnlyDictionary<int, IReadOnlyDictionary<string, Tensor>> Kept => kept;

    /// <summary>True if the training ends after an epoch, because no error has become smaller for as many epochs as the patience says. An
    /// error that is undefined in every epoch is not waited for.</summary>
    /// <param name="epoch">The number of epochs that were trained.</param>
    public bool EndsAfter(int epoch) => kept.Count > 0 && best.All(b => b.Epoch == 0 || epoch - b.Epoch >= patience);

    /// <summary>Keeps the network if one of its errors is the smallest so far.</summary>
    /// <param name="epoch">The number of the epoch, 1, 2, …</param>
    /// <param name="measured">The errors that are watched; none if they were not measured.</param>
    /// <param name="network">The network after the epoch.</param>
    public void Offer(int epoch, IReadOnlyList<double> measured, Network network)
    {
        var better = false;
        for (var i = 0; i < measured.Count; i++)
        {
            if (!double.IsNaN(measured[i]) && !(measured[i] >= best[i].Error))
            {
                (best[i], better) = (new(epoch, measured[i]), true);
            }
        }

        if (better)
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            Keep(epoch, network.state_dict().ToDictionary(t => t.Key, t => t.Value.detach().clone()));
        }
    }

    /// <summary>Takes over the best epochs of an earlier process.</summary>
    /// <param name="earlier">The best epoch of each error.</param>
    /// <param name="tensors">By number of the epoch, the parameters and statistics by path. They leave their dispose scope.</param>
    internal void Continue(IReadOnlyList<BestEpoch> earlier, IReadOnlyDictionary<int, Dictionary<string, Tensor>> tensors)
    {
        earlier.ToArray().CopyTo(best, 0);
        foreach (var (epoch, state) in tensors)
        {
            Keep(epoch, state);
        }
    }

    /// <summary>Writes the parameters and statistics of an epoch into a network.</summary>
    /// <param name="epoch">The number of a best epoch.</param>
    /// <param name="network">The network, or another of the same variant.</param>
    public void CopyTo(int epoch, Network network) => network.CopyFrom(kept[epoch]);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var epoch in kept.Keys.ToList())
        {
            Drop(epoch);
        }
    }

    private void Keep(int epoch, Dictionary<string, Tensor> state)
    {
        foreach (var tensor in state.Values)
        {
            tensor.DetachFromDisposeScope();
        }

        kept[epoch] = state;
        foreach (var old in kept.Keys.Where(e => best.All(b => b.Epoch != e)).ToList())
        {
            Drop(old);
        }
    }

    private void Drop(int epoch)
    {
        foreach (var tensor in kept[epoch].Values)
        {
            tensor.Dispose();
        }

        kept.Remove(epoch);
    }
}
