using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Knows the layers that compute statistics over a batch.</summary>
internal static class BatchStatistics
{
    /// <summary>Returns the fewest rows that a network can be trained on: 2 with batch normalisation, because one value has no variance;
    /// otherwise 1.</summary>
    /// <param name="network">The network.</param>
    public static long LeastRows(nn.Module network) => network.modules().Any(m => m is BatchNorm) ? 2 : 1;

    /// <summary>Sets which layers compute statistics over the batch in training. The others use and keep their running
    /// statistics.</summary>
    /// <param name="network">The network, in training mode.</param>
    /// <param name="computes">Says it by the path of a layer.</param>
    public static void Train(nn.Module network, Func<string, bool> computes)
    {
        foreach (var (path, module) in network.named_modules())
        {
            if (module is BatchNorm)
            {
                module.train(computes(path));
            }
        }
    }
}
