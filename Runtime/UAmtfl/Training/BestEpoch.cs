using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Training;

/// <summary>Keeps the parameters and statistics of a network from the epoch with the smallest validation error, and decides when the
/// training has waited long enough for a better one. Of equal errors the first counts.</summary>
/// <param name="patience">The number of epochs after the best after which the training ends, at least 1.</param>
public sealed class BestEpoch(int patience) : IDisposable
{
    private Dictionary<string, Tensor> tensors = [];

    /// <summary>The number of the best epoch, 1, 2, …; 0 while no epoch has a validation error that is a number.</summary>
    public int Epoch { get; private set; }

    /// <summary>The validation error of the best epoch; NaN while there is none.</summary>
    public double Error { get; private set; } = double.NaN;

    /// <summary>The parameters and statistics of the best epoch, by path; empty while there is none.</summary>
    internal IReadOnlyDictionary<string, Tensor> Tensors => tensors;

    /// <summary>True if the training ends after an epoch.</summary>
    /// <param name="epoch">The number of epochs that were trained.</param>
    public bool EndsAfter(int epoch) => Epoch > 0 && epoch - Epoch >= patience;

    /// <summary>Keeps the network if its error is the smallest so far.</summary>
    /// <param name="epoch">The number of the epoch, 1, 2, …</param>
    /// <param name="error">The validation error; null if it was not measured.</param>
    /// <param name="network">The network after the epoch.</param>
    public void Offer(int epoch, double? error, Network network)
    {
        if (error is { } measured && !double.IsNaN(measured) && !(measured >= Error))
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            Keep(epoch, measured, network.state_dict().ToDictionary(t => t.Key, t => t.Value.detach().clone().DetachFromDisposeScope()));
        }
    }

    /// <summary>Takes over the best epoch of an earlier process.</summary>
    /// <param name="epoch">The number of the epoch.</param>
    /// <param name="error">The validation error.</param>
    /// <param name="kept">The parameters and statistics by path, which are disposed of with this.</param>
    internal void Keep(int epoch, double error, Dictionary<string, Tensor> kept)
    {
        Dispose();
        (Epoch, Error, tensors) = (epoch, error, kept);
    }

    /// <summary>Puts the parameters and statistics of the best epoch back into the network, if there is one.</summary>
    /// <param name="network">The network.</param>
    public void CopyTo(Network network)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var (path, value) in Epoch > 0 ? network.state_dict() : [])
        {
            value.copy_(tensors[path]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in tensors.Values)
        {
            tensor.Dispose();
        }

        tensors = [];
    }
}
