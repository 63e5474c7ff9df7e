using UAmtfl.Data;
using UAmtfl.Data.Tables;
using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.WeakSupervision;
using static TorchSharp.torch;

namespace UAmtfl.Cells;

/// <summary>The data of a cell: loaded, checked, with labels in the order of the network's tasks.</summary>
/// <param name="Train">What is fitted.</param>
/// <param name="Validation">What may be looked at to choose; no rows where nothing is chosen.</param>
/// <param name="Test">What the report is about.</param>
/// <param name="Counts">[T], how many training labels each task has.</param>
/// <param name="SharedTest">True if every seed has the same test rows.</param>
/// <param name="Seed">The seed of the draw.</param>
public sealed record CellData(
    (Tensor Inputs, Labels Labels) Train,
    (Tensor Inputs, Labels Labels) Validation,
    (Tensor Inputs, Labels Labels) Test,
    Tensor Counts,
    bool SharedTest,
    int Seed)
{
    /// <summary>The validation set; null where it has no rows.</summary>
    public (Tensor Inputs, Labels Labels)? Choice => Validation.Inputs.shape[0] > 0 ? Validation : null;

    /// <summary>The data set's transforms, fitted on this draw's training rows; the splits are transformed already.</summary>
    public required FittedTransforms Transforms { get; init; }

    /// <summary>The shape of one raw sample, before the transforms.</summary>
    internal IReadOnlyList<long> RawInput { get; private init; } = [];

    /// <summary>The columns of the table that the inputs are from; null for other data.</summary>
    internal TableInputs? Table { get; private init; }

    /// <summary>What a label model made of the votes, if the labels of the training set are made from them; else null.</summary>
    public WeakReport? WeakLabels { get; private init; }

    /// <summary>The true labels of the training set, by which predictions are compared with the mean predictor's, if they are not those
    /// that the variant is trained on.</summary>
    internal Labels? TrueLabels { get; private init; }

    /// <summary>The stage that makes training labels from weak ones; null if no variant asks for it.</summary>
    private WeakStage? Weak { get; init; }

    /// <summary>The files that were read with <see cref="DataFile"/> and the readers of formats.</summary>
    internal IReadOnlyList<ReadFile> Files { get; private init; } = [];

    /// <summary>Loads and checks. The tensors belong to the current dispose scope; what the data set keeps stays its own.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="request">Where the data is, and the seed of its draw.</param>
    /// <param name="device">Where to.</param>
    /// <exception cref="DataException">The data cannot be read, or does not fit the tasks.</exception>
    public static CellData Load(ExperimentDescriptor experiment, DataRequest request, Device device) =>
        Load(experiment, request, device, new());

    /// <summary>Loads and checks, also what the variants ask of the data.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="request">Where the data is, and the seed of its draw.</param>
    /// <param name="device">Where to.</param>
    /// <param name="terms">What the variants ask, and what was read before.</param>
    /// <exception cref="DataException">The data cannot be read, does not fit the tasks or the variants, or has changed.</exception>
    internal static CellData Load(ExperimentDescriptor experiment, DataRequest request, Device device, DataTerms terms)
    {
        var dataset = experiment.NewDataset();
        var ledger = new ReadLedger(dataset.Entry, terms.Before);
        var splits = DatasetLoader.Load(dataset, request, ledger);
        try
        {
            return Check(splits, dataset, experiment, request.Seed, device, terms) with { Files = ledger.Files };
        }
        catch (DataException wrong)
        {
            throw new DataException($"{dataset.NameFor(request)}: {wrong.Message}", wrong);
        }
    }

    /// <summary>Returns the data as a variant is trained with it. Training labels are made from the votes of weak sources if it says so
    /// (<see cref="WeakLabelsAttribute"/>). Labels of the tasks that it is not trained on (<see cref="TrainOnAttribute"/>) are missing
    /// in the training and the validation set. The test set stays whole.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="variant">The variant.</param>
    /// <exception cref="UAmtflException">The label model cannot be fitted to the votes.</exception>
    public CellData For(ExperimentDescriptor experiment, VariantDescriptor variant)
    {
        if (variant.Weak is { } plan)
        {
            return Labelled(experiment, plan, variant).For(experiment, variant with { Weak = null });
        }

        if (variant.TrainedOn is null)
        {
            return this;
        }

        var trained = new TrainedTasks(experiment.Tasks, variant.TrainedOn);
        return this with
        {
            Train = (Train.Inputs, trained.Of(Train.Labels)),
            Validation = (Validation.Inputs, trained.Of(Validation.Labels)),
        };
    }

    /// <summary>Returns the data with training labels from a label model. A model that cannot be fitted is no fault of the data, with
    /// which other variants may be trained, so that the exception is not one of the data.</summary>
    private CellData Labelled(ExperimentDescriptor experiment, WeakLabelPlan plan, VariantDescriptor variant)
    {
        try
        {
            var stage = Weak ?? throw new DataException("there are no votes: the experiment declares no source of weak labels");
            var (labels, report) = stage.Label(plan, Train.Labels, Validation.Labels, variant.TrainedOn);
            var known = Train.Labels.Counts(experiment.Tasks.Count).gt(0).all().item<bool>();
            return this with
            {
                Train = (Train.Inputs, labels),
                Counts = variant.TrainedOn is null ? SampleChecks.Counts(labels, experiment.Tasks)
                    : labels.Counts(experiment.Tasks.Count).clamp_min(1),      // tasks that it is not trained on may have no label
                TrueLabels = known ? Train.Labels : null,
                WeakLabels = report,
            };
        }
        catch (DataException wrong)
        {
            throw new UAmtflException(wrong.Message, wrong);
        }
    }

    /// <summary>Counts the true labels, and says who needs them if there are none.</summary>
    private static Tensor TrueCounts(Labels labels, ExperimentDescriptor experiment, DataTerms terms)
    {
        try
        {
            return SampleChecks.Counts(labels, experiment.Tasks);
        }
        catch (DataException wrong) when (terms.Variants.FirstOrDefault(v => v.Weak is null) is { } variant && experiment.Weak is not null)
        {
            throw new DataException($"{wrong.Message}, or train only variants with [WeakLabels], which {variant.Name} is not", wrong);
        }
    }

    private static CellData Check(
        Splits splits, IDataset dataset, ExperimentDescriptor experiment, int seed, Device device, DataTerms terms)
    {
        SampleChecks.RequireShape(splits, dataset);
        SampleChecks.RequireDisjoint(splits);
        terms.RequireValidation(splits.Validation.Count);
        (Samples Samples, string Name)[] raw = [(splits.Train, "training"), (splits.Validation, "validation"), (splits.Test, "test")];
        var transformed = splits.InputTransforms.Count + splits.LabelTransforms.Count > 0;
        var mayLackInputs = splits.InputTransforms is [{ TakesMissing: true }, ..];
        foreach (var (rows, name) in transformed ? raw : [])
        {
            // A place in the data set's own numbers is what its author can look up.
            SampleChecks.Require(rows, name, experiment.Tasks, mayBeEmpty: name == "validation", mayLackInputs);
        }

        var transforms = FittedTransforms.Fit(splits, experiment.Tasks);
        var (train, validation, test) = (Load(raw[0]), Load(raw[1]), Load(raw[2]));
        terms.RequireTestLabels(test.Labels, experiment.Tasks);
        var counts = terms.NeedTrueLabels ? TrueCounts(train.Labels, experiment, terms)
            : train.Labels.Counts(experiment.Tasks.Count).clamp_min(1);      // those of the weak labels take their place
        return new(train, validation, test, counts, splits.SharedTest, seed)
        {
            Transforms = transforms, RawInput = splits.Train.Inputs.shape[1..], Table = splits.Table,
            Weak = terms.NeedVotes ? WeakStage.Of(experiment, splits.Train) : null,
        };

        (Tensor Inputs, Labels Labels) Load((Samples Samples, string Name) split)
        {
            var name = transformed ? $"transformed {split.Name}" : split.Name;
            var samples = transforms.Apply(split.Samples);
            var loaded = SampleChecks.Load(samples, name, experiment.Tasks, device, mayBeEmpty: split.Name == "validation");
            terms.RequireInputs(loaded.Inputs, name, split.Samples.Origin);
            return loaded;
        }
    }
}
