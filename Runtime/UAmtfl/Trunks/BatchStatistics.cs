using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Finds out how many rows a batch must have for the layers that compute statistics over it.</summary>
internal static class BatchStatistics
{
    /// <summary>Returns the fewest rows that a network can be trained on: 2 with batch normalisation, because one value has no variance;
    /// otherwise 1.</summary>
    /// <param name="network">The network.</param>
    public static long LeastRows(nn.Module network) => network.modules().Any(m => m is BatchNorm) ? 2 : 1;
}
