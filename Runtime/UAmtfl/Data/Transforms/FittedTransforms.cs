using UAmtfl.Onnx;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Data;

/// <summary>A data set's transforms, fitted on the training rows of one split. Its tensors belong to the dispose scope in which it is
/// fitted.</summary>
public sealed class FittedTransforms
{
    private readonly RegressionLabels regressions;

    private FittedTransforms(
        IReadOnlyList<IFittedTransform> inputs, IReadOnlyList<IFittedTransform> labels, RegressionLabels regressions) =>
        (Inputs, Labels, this.regressions) = (inputs, labels, regressions);

    /// <summary>The transforms of the inputs, in the order in which they are applied.</summary>
    public IReadOnlyList<IFittedTransform> Inputs { get; }

    /// <summary>The transforms of the labels of regression tasks, in the order in which they are applied.</summary>
    public IReadOnlyList<IFittedTransform> Labels { get; }

    /// <summary>True if each row of the data set is of one task, so that labels are [N].</summary>
    internal bool RowsOfOneTask => regressions.Owned;

    /// <summary>Makes the transforms of a saved model.</summary>
    /// <param name="inputs">The transforms of the inputs, in the order in which they are applied.</param>
    /// <param name="labels">The transforms of the labels of regressions, in the order in which they are applied.</param>
    /// <param name="tasks">The experiment's tasks.</param>
    /// <param name="rowsOfOneTask">True if each row of the data set is of one task.</param>
    internal static FittedTransforms Restore(
        IReadOnlyList<IFittedTransform> inputs, IReadOnlyList<IFittedTransform> labels, TaskSet tasks, bool rowsOfOneTask) =>
        new(inputs, labels, new(tasks, rowsOfOneTask));

    /// <summary>Fits the transforms that the splits of a data set name.</summary>
    /// <param name="splits">The raw splits, of which only the training rows are used.</param>
    /// <param name="tasks">The tasks of the experiment.</param>
    /// <exception cref="DataException">A transform does not fit the rows or throws, or there are transforms of labels and no task is a
    /// regression, or one is a rate.</exception>
    public static FittedTransforms Fit(Splits splits, TaskSet tasks)
    {
        ArgumentNullException.ThrowIfNull(splits);
        ArgumentNullException.ThrowIfNull(tasks);
        var regressions = new RegressionLabels(tasks, owned: splits.Train.Owner is not null);
        if (splits.LabelTransforms.Count > 0 && regressions.Count == 0)
        {
            throw new DataException("LabelTransforms are for regression tasks, and the experiment has none: leave them out");
        }

        if (splits.LabelTransforms.Count > 0 && tasks.Tasks.FirstOrDefault(t => t.IsRate) is { } rate)
        {
            throw new DataException(
                $"LabelTransforms would change the labels of task {rate.Name}, whose loss Poisson is for counts: leave them out, or " +
                "choose another loss for the task");
        }

        var inputs = Fit(splits.InputTransforms, splits.Train.Inputs);
        var labels = splits.LabelTransforms.Count == 0 ? [] : Fit(splits.LabelTransforms, regressions.Of(splits.Train));
        return new(inputs, labels, regressions);
    }

    /// <summary>Transforms a split.</summary>
    /// <param name="samples">The raw samples, which stay as they are.</param>
    /// <returns>The same rows, transformed.</returns>
    /// <exception cref="DataException">A transform does not fit the rows, throws, or changes the shape of labels.</exception>
    public Samples Apply(Samples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var inputs = Inputs.Aggregate(samples.Inputs, TransformCalls.Apply);
        return samples with { Inputs = inputs, Labels = Labels.Count == 0 ? samples.Labels : regressions.Replaced(samples, Changed) };
    }

    /// <summary>Converts predictions back into the units of the raw labels.</summary>
    /// <param name="outputs">The outputs [N, M] of a trained model, in the order of the network's tasks. Those of tasks other than
    /// regressions stay.</param>
    /// <returns>The outputs [N, M] in the units of the raw labels.</returns>
    public Tensor InvertOutputs(Tensor outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        return Labels.Count == 0 ? outputs : regressions.ReplacedOutputs(
            outputs, predictions => Labels.Reverse().Aggregate(predictions, (values, transform) => transform.Invert(values)));
    }

    /// <summary>Adds the transforms of the inputs to the graph of an exported model.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="inputs">The name of the raw inputs [N, …], float32.</param>
    /// <returns>The name of the transformed inputs, float32.</returns>
    /// <exception cref="DataException">A transform is not an <see cref="IExportedTransform"/>.</exception>
    internal string Export(OnnxGraph graph, string inputs) => Inputs.Aggregate(inputs, (values, transform) => graph.Cast(
        TransformCalls.Exported(transform).Export(graph, graph.Cast(values, ScalarType.Float64)), ScalarType.Float32));

    /// <summary>Adds to the graph of an exported model what <see cref="InvertOutputs"/> does.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="outputs">The name of the outputs [N, M], float64, in the order of the network's tasks.</param>
    /// <returns>The name of the outputs [N, M] in the units of the raw labels.</returns>
    /// <exception cref="DataException">A transform is not an <see cref="IExportedTransform"/>.</exception>
    internal string ExportInverse(OnnxGraph graph, string outputs) => Labels.Count == 0 ? outputs : regressions.ReplacedOutputs(
        graph, outputs, predictions => Labels.Reverse().Aggregate(
            predictions, (values, transform) => TransformCalls.Exported(transform).ExportInverse(graph, values)));

    private static List<IFittedTransform> Fit(IReadOnlyList<ITransform> wanted, Tensor rows)
    {
        var fitted = new List<IFittedTransform>();
        foreach (var transform in wanted)
        {
            rows = fitted.Count == 0 ? rows : TransformCalls.Apply(rows, fitted[^1]);
            fitted.Add(TransformCalls.Fit(transform, rows));
        }

        return fitted;
    }

    private Tensor Changed(Tensor labels)
    {
        var changed = Labels.Aggregate(labels, TransformCalls.Apply);
        return changed.shape.SequenceEqual(labels.shape) ? changed : throw new DataException(
            $"the LabelTransforms make labels of shape [{string.Join(", ", changed.shape)}] of [{string.Join(", ", labels.shape)}]: " +
            "they must keep the shape");
    }
}
