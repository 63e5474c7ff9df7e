using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Cells;

/// <summary>What a run or a cell asks of its data beside what the tasks ask: the shape of the inputs, rows to choose by, and files that
/// are still the same.</summary>
internal sealed record DataTerms
{
    /// <summary>The variants that are trained; their networks say which inputs they take. Empty for no check.</summary>
    public IReadOnlyList<VariantDescriptor> Variants { get; init; } = [];

    /// <summary>A variant that chooses by the validation error (<see cref="GridAttribute"/>); null where nothing is chosen, so that a data
    /// set needs no validation rows.</summary>
    public string? Chooser { get; init; }

    /// <summary>The name of a variant that stops by the validation error (<see cref="EarlyStoppingAttribute"/>); null if none
    /// does.</summary>
    public string? Stopper { get; init; }

    /// <summary>The name of a variant whose learning rate falls by the validation error (<see cref="PlateauDecayAttribute"/>); null if
    /// none does.</summary>
    public string? Scheduled { get; init; }

    /// <summary>What the run has read already.</summary>
    public IReadOnlyList<ReadFile> Before { get; init; } = [];

    /// <summary>True if every task needs a true training label; not if all variants are trained on labels from weak sources.</summary>
    public bool NeedTrueLabels => Variants.Count == 0 || Variants.Any(v => v.Weak is null);

    /// <summary>True if a variant is trained on labels from weak sources.</summary>
    public bool NeedVotes => Variants.Any(v => v.Weak is not null);

    /// <summary>Refuses inputs that a network does not take. libtorch would refuse them in its own words in every cell, or broadcast
    /// them.</summary>
    /// <param name="inputs">[N, …]</param>
    /// <param name="split">The name of the split.</param>
    /// <param name="origin">Where the inputs are in files; null if that is not known.</param>
    /// <exception cref="DataException">A variant takes another shape, or indices where a number is none.</exception>
    public void RequireInputs(Tensor inputs, string split, SampleOrigin? origin = null)
    {
        var sample = inputs.shape[1..];
        foreach (var variant in Variants)
        {
            if (variant.Input is { } wanted && !sample.SequenceEqual(wanted.Select(size => (long)size)))
            {
                var batch = string.Join(", ", wanted.Select(size => $"{size}").Prepend("N"));
                var change = origin is { Inputs.Count: > 0 }
                    ? $"the table has the inputs {origin.Columns}: choose them with Inputs or Ignore of [Table]"
                    : "return inputs of that shape from Load";
                throw new DataException(
                    $"the {split} set has inputs of shape [{string.Join(", ", inputs.shape)}], but the network of {variant.Name} takes " +
                    $"[{batch}]: {change}, or write [Input({string.Join(", ", sample)})]");
            }

            if (variant.Fitted && sample.Length != 1)
            {
                throw new DataException(
                    $"the {split} set has inputs of shape [{string.Join(", ", inputs.shape)}], but {variant.Name} is a linear model and " +
                    "needs rows of numbers, [N, d]: flatten them in the data set's Load");
            }
        }

        if (Variants.Where(v => v.Vocabulary is not null).MinBy(v => v.Vocabulary) is { Vocabulary: { } vocabulary } smallest
            && SampleChecks.FirstNoIndex(inputs, vocabulary) is var (row, value, column))
        {
            var place = origin is null ? FormattableString.Invariant(
                    $"the {split} set has input {value} in row {row} at {column} (rows count from 0), which")
                : FormattableString.Invariant($"{origin.Input(row, column)} has {value}, which");
            throw new DataException(
                $"{place} is no index for the [Embedding] of {smallest.Name}: give whole numbers from 0 to "
                + $"{vocabulary - 1}, or a larger vocabulary");
        }
    }

    /// <summary>Refuses a task without test labels where a variant states a setting in which its targets have labels. Training labels are
    /// always asked for.</summary>
    /// <param name="labels">The test labels.</param>
    /// <param name="tasks">The tasks, in the order of the labels.</param>
    /// <exception cref="DataException">A variant that states a setting is trained on a task without test labels.</exception>
    public void RequireTestLabels(Labels labels, TaskSet tasks)
    {
        if (Variants.FirstOrDefault(v => v.Setting is not null) is null)
        {
            return;
        }

        var counts = labels.Counts(tasks.Count).to(ScalarType.Float64).cpu().data<double>().ToArray();
        foreach (var task in tasks.Tasks.Where((_, t) => counts[t] == 0))
        {
            if (Variants.FirstOrDefault(v => v.Setting is not null && v.TrainedOn?.Contains(task.Name) != false) is { } variant)
            {
                throw new DataException(
                    $"the test set has no label for task {task.Name}, but {variant.Name} states the setting {variant.Setting}, in which "
                    + "its targets have labels: give it test rows with labels, or leave the task out with [TrainOn]");
            }
        }
    }

    /// <summary>Refuses a validation set without rows where a variant chooses by it.</summary>
    /// <param name="rows">How many rows the validation set has.</param>
    /// <exception cref="DataException">It has none, and a variant searches a grid.</exception>
    public void RequireValidation(int rows)
    {
        if (rows == 0 && Chooser is not null)
        {
            throw new DataException(
                $"the validation set has no rows, but {Chooser} searches its [Grid] by the validation error: give it rows, or set the " +
                "parameters that are searched");
        }

        if (rows == 0 && Stopper is not null)
        {
            throw new DataException(
                $"the validation set has no rows, but {Stopper} stops by the validation error: give it rows, or leave [EarlyStopping] "
                + "out");
        }

        if (rows == 0 && Scheduled is not null)
        {
            throw new DataException(
                $"the validation set has no rows, but the learning rate of {Scheduled} falls by the validation error: give it rows, or "
                + "choose another schedule than [PlateauDecay]");
        }
    }
}
