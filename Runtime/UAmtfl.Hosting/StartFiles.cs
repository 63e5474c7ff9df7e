using TorchSharp;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Models;

namespace UAmtfl.Hosting;

/// <summary>The files of weights that networks of a run start from.</summary>
internal static class StartFiles
{
    /// <summary>Reads each file and copies it into the network that starts from it, so that a file that does not fit is refused before
    /// anything is trained.</summary>
    /// <param name="run">The run.</param>
    /// <param name="counts">The number of training labels of each task, in the type and on the device of the networks.</param>
    /// <returns>The files with their hashes.</returns>
    /// <exception cref="UAmtflException">A file cannot be read or does not fit the network.</exception>
    public static IReadOnlyList<ReadFile> Read(ResolvedRun run, torch.Tensor counts)
    {
        var ledger = new ReadLedger(null, []);
        foreach (var variant in run.Variants)
        {
            if (variant.Descriptor.Start is { File: { } file } start && variant.Bound is BoundNetwork bound)
            {
                using var scope = torch.NewDisposeScope();
                using var network = bound.Network(counts.dtype, counts.device);
                StartingWeights.Read(file, ledger).CopyTo(network, start);
            }
        }

        return ledger.Files;
    }
}
