using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Messages;
using UAmtfl.Models;
using static TorchSharp.torch;

namespace UAmtfl.Hosting;

/// <summary>The trained models of a variant in an earlier run.</summary>
internal sealed class RunModels
{
    private readonly RunFolder folder;
    private readonly ExperimentDescriptor experiment;
    private readonly VariantDescriptor variant;

    /// <summary>Opens the folder of a run.</summary>
    /// <param name="context">The program.</param>
    /// <param name="path">The path of the folder.</param>
    /// <param name="name">The name of the variant.</param>
    /// <exception cref="UAmtflException">There is no such run, or the run or the program has no such variant.</exception>
    public RunModels(ProgramContext context, string path, string name)
    {
        folder = RunFolder.Open(path, out var manifest);
        experiment = ResolvedRun.Find(context.Experiments(), manifest.Experiment);
        variant = Variant(experiment, manifest, name);
        Manifest = manifest;
    }

    /// <summary>The record of the run.</summary>
    public RunManifest Manifest { get; }

    /// <summary>Returns the cell of a seed.</summary>
    /// <param name="seed">The seed; null for the run's first.</param>
    /// <exception cref="UAmtflException">The run has no such seed.</exception>
    public Cell Cell(int? seed) => new(variant.Name, seed is null ? Manifest.Seeds[0]
        : Manifest.Seeds.Contains(seed.Value) ? seed.Value
        : throw new UAmtflException($"the run has no seed {seed}; it has {string.Join(", ", Manifest.Seeds)}"));

    /// <summary>Returns the path of the folder of a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <exception cref="UAmtflException">The cell is not finished.</exception>
    public string Finished(Cell cell) => folder.Cell(cell) is { IsFinished: true } files
        ? files.FullPath
        : throw new UAmtflException($"{cell} of {folder.FullPath} is not finished: choose another seed, or train it first");

    /// <summary>Loads the model of a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <exception cref="UAmtflException">The cell is not finished, or its model does not fit the declaration.</exception>
    public LoadedModel Load(Cell cell) => ModelReader.Read(Finished(cell), experiment, variant);

    /// <summary>Reads the inputs of predictions: files of the kind that the data set itself reads, else a table or an array.</summary>
    /// <param name="path">The file or the folder.</param>
    /// <param name="model">What the model takes.</param>
    /// <returns>The inputs [N, …] in the current dispose scope, the names of the rows, and where they are in the file; null for what is
    /// not known.</returns>
    /// <exception cref="UAmtflException">The file is missing or damaged, or is not what the model takes.</exception>
    public (Tensor Inputs, IReadOnlyList<string>? Ids, SampleOrigin? Origin) Inputs(string path, ModelDescription model)
    {
        if ((experiment.NewDataset() as IPredictionFiles)?.Read(path) is { } files)
        {
            return (files.Values, files.Ids, null);
        }

        if (model.Table is { } table && !PredictionFile.IsArray(path))
        {
            return table.Read(path);
        }

        var (values, origin) = PredictionFile.Read(path, model.Input);
        return (values, null, origin);
    }

    private static VariantDescriptor Variant(ExperimentDescriptor experiment, RunManifest manifest, string name)
    {
        var names = manifest.Variants.Select(v => v.Name).ToList();
        if (!names.Contains(name))
        {
            throw new UAmtflException($"the run has no variant '{name}'; {Nearest.Hint(name, names)}");
        }

        return experiment.Variants.FirstOrDefault(v => v.Name == name)
            ?? throw new UAmtflException($"{experiment.Name} no longer has variant {name}; use the program that started the run");
    }
}
