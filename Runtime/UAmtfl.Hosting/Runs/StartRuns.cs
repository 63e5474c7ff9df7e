using UAmtfl.Descriptors;

namespace UAmtfl.Hosting;

/// <summary>The runs of other experiments that variants start from, which the option <c>--start-from</c> names.</summary>
internal static class StartRuns
{
    /// <summary>Finds the run of each other experiment that a variant starts from.</summary>
    /// <param name="variants">The variants that are trained.</param>
    /// <param name="folders">The folders of runs.</param>
    /// <returns>The full path of a folder by the name of its experiment.</returns>
    /// <exception cref="UAmtflException">A folder is not that of a run, two are of one experiment, one is of no use, or one is
    /// missing.</exception>
    public static IReadOnlyDictionary<string, string> Find(IReadOnlyList<VariantDescriptor> variants, IReadOnlyList<string> folders)
    {
        var found = new Dictionary<string, string>();
        foreach (var path in folders)
        {
            using var folder = RunFolder.Open(path, out var manifest);
            if (variants.All(v => v.Start?.Elsewhere?.Experiment != manifest.Experiment))
            {
                throw new UAmtflException(
                    $"{RunVerb.StartFrom} {path} is a run of {manifest.Experiment}, from which no variant starts; drop it");
            }

            if (!found.TryAdd(manifest.Experiment, folder.FullPath))
            {
                throw new UAmtflException(
                    $"{RunVerb.StartFrom} names two runs of {manifest.Experiment}, {found[manifest.Experiment]} and {folder.FullPath}; "
                        + "keep one");
            }
        }

        return variants.FirstOrDefault(v => v.Start?.Elsewhere is { } other && !found.ContainsKey(other.Experiment)) is not { } missing
            ? found
            : throw new UAmtflException(
                $"variant {missing.Name} starts from {missing.Start!.Elsewhere!.Variant} of another experiment: train it with "
                    + $"run {missing.Start.Elsewhere.Experiment} --variant {missing.Start.Elsewhere.Variant}, "
                    + $"and give the folder of that run with {RunVerb.StartFrom}");
    }
}
