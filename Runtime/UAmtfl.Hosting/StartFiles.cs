using TorchSharp;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Files;
using UAmtfl.Models;

namespace UAmtfl.Hosting;

/// <summary>The files of weights that networks of a run start from: those that are named, and the models of runs of other
/// experiments.</summary>
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
        foreach (var variant in run.Variants.Where(v => v.Descriptor.Start is { Variant: null } && v.Bound is BoundNetwork))
        {
            using var scope = torch.NewDisposeScope();
            using var network = ((BoundNetwork)variant.Bound).Network(counts.dtype, counts.device);
            foreach (var file in run.Seeds.Select(seed => Of(run, new(variant.Descriptor.Name, seed))!).Distinct())
            {
                using var weights = torch.NewDisposeScope();
                Read(variant.Descriptor.Name, file, ledger).CopyTo(network, variant.Descriptor.Start!);
            }
        }

        return ledger.Files;
    }

    /// <summary>Reads a file and says whose it is if it cannot be read.</summary>
    private static StartingWeights Read(string variant, string file, ReadLedger ledger)
    {
        try
        {
            return StartingWeights.Read(file, ledger);
        }
        catch (UAmtflException failure) when (failure is not DataException)
        {
            throw new UAmtflException($"variant {variant}: {failure.Message}", failure);
        }
    }

    /// <summary>Returns the file that a cell starts from, which nothing in the run makes; null if it starts from none.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cell">The cell.</param>
    /// <exception cref="UAmtflException">The run of another experiment has no model with the seed of the cell.</exception>
    public static string? Of(ResolvedRun run, Cell cell)
    {
        var start = run[cell.Variant].Descriptor.Start;
        if (start?.Elsewhere is not { } other)
        {
            return start?.File;
        }

        using var folder = RunFolder.Open(run.StartRuns[other.Experiment], out _);
        var source = new Cell(other.Variant, cell.Seed);
        var file = Path.Combine(folder.Cell(source).FullPath, ModelFiles.TensorsName);
        return File.Exists(file) ? file : throw new UAmtflException(
            $"variant {cell.Variant} starts from {other.Variant} of {other.Experiment}, but {folder.FullPath} has no model of {source}: "
                + $"train it with run {other.Experiment} --variant {other.Variant} --seeds {run.Seeds[^1]}");
    }
}
