using System.Runtime.InteropServices;
using UAmtfl.Data;
using UAmtfl.Messages;
using UAmtfl.Numerics;
using UAmtfl.Tasks;
using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Models;

/// <summary>A model that is loaded and checked: transforms, network and tasks. No expression here makes a scalar that a garbage collection
/// could free under a call, so that any number of threads may predict.</summary>
internal sealed class LoadedModel : IDisposable
{
    /// <summary>The network or the linear model, in the state in which models are evaluated.</summary>
    public required IPredictor Predictor { get; init; }

    /// <summary>The transforms of the training.</summary>
    public required FittedTransforms Transforms { get; init; }

    /// <summary>What the model's file says of it.</summary>
    public required ModelDescription Description { get; init; }

    /// <summary>The tasks in the order of the network.</summary>
    public required TaskSet Tasks { get; init; }

    /// <summary>The element type of the network.</summary>
    public required ScalarType Type { get; init; }

    /// <summary>The number V of rows of the table in which the network looks up the inputs, whole numbers from 0 to V − 1; null if it has
    /// none.</summary>
    public int? Vocabulary { get; init; }

    /// <summary>What has changed in the declaration since the training without an effect on the predictions.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Predicts samples that are given as rows.</summary>
    /// <param name="samples">The entries of each sample.</param>
    /// <exception cref="UAmtflException">A sample has another number of entries, or one that is not finite.</exception>
    public PredictedRows Predict(float[][] samples)
    {
        var size = Description.Input.Aggregate(1L, (product, length) => product * length);
        var all = new float[samples.Length * size];
        for (var i = 0; i < samples.Length; i++)
        {
            if (samples[i].LongLength != size)
            {
                throw new UAmtflException(
                    $"sample {i} has {Words.Count(samples[i].Length, "number")}, but the model takes {size}, for a shape of "
                        + $"[{string.Join(", ", Description.Input)}]: give as many");
            }

            samples[i].CopyTo(all, i * size);
        }

        using var scope = NewDisposeScope();
        return Predict(tensor(all, [samples.Length, .. Description.Input]));
    }

    /// <summary>Predicts samples.</summary>
    /// <param name="inputs">[N, …], raw.</param>
    /// <exception cref="UAmtflException">The samples have another shape, or an entry that is not finite or no index.</exception>
    public PredictedRows Predict(Tensor inputs) => Predict(inputs, origin: null);

    /// <summary>Predicts samples of a file, whose place there is in messages.</summary>
    internal PredictedRows Predict(Tensor inputs, SampleOrigin? origin)
    {
        Threads.Enter();
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        RequireShape(inputs);
        var raw = inputs.to(ScalarType.Float32).cpu().contiguous();
        RequireFinite(raw, mayLackInputs: Transforms.Inputs is [{ TakesMissing: true }, ..], origin);
        if (inputs.shape[0] == 0)
        {
            return new(Tasks, [], [], null);
        }

        var prepared = Transforms.Inputs.Aggregate(raw, TransformCalls.Apply).to(Type);
        RequireIndices(prepared, origin);
        var (outputs, features) = Outputs(prepared);
        var values = outputs.to(ScalarType.Float64);
        return new(Tasks, Rows<double>(Transforms.InvertOutputs(values)), features, Deviations(values));
    }

    /// <summary>Returns the learnt standard deviations of regressions as the network has them, [1, M] float64 with 0 for other tasks, in
    /// the current dispose scope; null if the model learns none, or no task is a regression.</summary>
    public Tensor? Deviations()
    {
        if ((Predictor as Network)?.LogVariances is not { } learnt || Tasks.Tasks.All(t => t.Kind != TaskKind.Regression))
        {
            return null;
        }

        var logs = Rows<double>(learnt.to(ScalarType.Float64).unsqueeze(0))[0];
        var row = Tasks.Tasks.SelectMany((task, t) =>
            Enumerable.Repeat(task.Kind == TaskKind.Regression ? Math.Exp(logs[logs.Length == 1 ? 0 : t] / 2) : 0, task.Outputs));
        return tensor([.. row], [1, Tasks.Tasks.Sum(t => t.Outputs)]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Predictor.Dispose();
        foreach (var state in Transforms.Inputs.Concat(Transforms.Labels).SelectMany(t => t.State.Values))
        {
            state.Dispose();
        }
    }

    /// <summary>Predicts batch by batch, as models are evaluated, so that the outputs are the same to the bit.</summary>
    private (Tensor Outputs, float[][] Features) Outputs(Tensor inputs)
    {
        var (outputs, features) = (new List<Tensor>(), new List<float[]>());
        foreach (var rows in Prediction.Batches(inputs))
        {
            using var batch = NewDisposeScope();
            var prepared = Predictor.Prepare(rows);
            if (Predictor is Network network)
            {
                outputs.Add(network.Predict(prepared, out var hidden).MoveToOuterDisposeScope());
                var own = hidden.dim() == 3 ? hidden.permute(1, 0, 2).flatten(1) : hidden;
                features.AddRange(Rows<float>(own.to(ScalarType.Float32)));
            }
            else
            {
                outputs.Add(Predictor.Predict(prepared).MoveToOuterDisposeScope());
                features.AddRange(Enumerable.Repeat(Array.Empty<float>(), (int)rows.shape[0]));
            }
        }

        return (cat(outputs), [.. features]);
    }

    /// <summary>Returns the learnt standard deviations of regressions in the unit of the raw labels, [N][M]: half the distance between the
    /// values one deviation above and below the prediction, each with the transforms of the labels undone.</summary>
    private double[][]? Deviations(Tensor outputs)
    {
        if (Deviations() is not { } deviations)
        {
            return null;
        }

        var above = Rows<double>(Transforms.InvertOutputs(Lasting.Sum(outputs, deviations)));
        var below = Rows<double>(Transforms.InvertOutputs(outputs - deviations));
        return [.. above.Zip(below, (a, b) => a.Zip(b, (x, y) => Math.Abs(x - y) / 2).ToArray())];
    }

    private void RequireShape(Tensor inputs)
    {
        if (inputs.dim() == 0 || !inputs.shape[1..].SequenceEqual(Description.Input))
        {
            throw new UAmtflException(
                $"the inputs have shape [{string.Join(", ", inputs.shape)}], but the model takes [N, "
                    + $"{string.Join(", ", Description.Input)}]: give samples of that shape");
        }
    }

    private void RequireIndices(Tensor inputs, SampleOrigin? origin)
    {
        if (Vocabulary is { } vocabulary && SampleChecks.FirstNoIndex(inputs, vocabulary) is var (row, value, column))
        {
            throw new UAmtflException(FormattableString.Invariant(
                $"{Place(origin, row, column)} is {value}: give indices for the [Embedding], whole numbers from 0 to {vocabulary - 1}"));
        }
    }

    private static string Place(SampleOrigin? origin, long row, long column) =>
        origin?.Input(row, column) ?? FormattableString.Invariant($"entry {column} of sample {row}");

    private static void RequireFinite(Tensor inputs, bool mayLackInputs, SampleOrigin? origin)
    {
        var numbers = MemoryMarshal.Cast<byte, float>(inputs.bytes);
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!float.IsFinite(numbers[i]) && !(mayLackInputs && float.IsNaN(numbers[i])))
            {
                var size = numbers.Length / (int)inputs.shape[0];
                throw new UAmtflException(
                    FormattableString.Invariant($"{Place(origin, i / size, i % size)} is {numbers[i]}: give finite numbers"));
            }
        }

        GC.KeepAlive(inputs);
    }

    private static T[][] Rows<T>(Tensor matrix)
        where T : unmanaged
    {
        var whole = matrix.cpu().contiguous();
        var numbers = MemoryMarshal.Cast<byte, T>(whole.bytes);
        var rows = new T[matrix.shape[0]][];
        var width = (int)matrix.shape[1];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = numbers.Slice(i * width, width).ToArray();
        }

        GC.KeepAlive(whole);
        return rows;
    }
}
