using UAmtfl.Data;
using UAmtfl.LinearModels;
using UAmtfl.Numerics;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics.Linear;

/// <summary>Random linear problems from fixed seeds, and helpers to compare their solutions.</summary>
internal static class Synthetic
{
    public static LinearProblem Problem(params LinearTask[] tasks) => new(tasks);

    public static LinearTask Task(double[,] inputs, double[] labels, TaskKind kind = TaskKind.Regression) =>
        new(tensor(inputs), tensor(labels), kind);

    /// <summary>A task that needs no intercept: each row is there a second time with its signs turned, so that all means are 0 while
    /// XᵀX/N and Xᵀy/N stay the same.</summary>
    public static LinearTask Mirrored(double[] x, double[] y)
    {
        var inputs = new double[2 * x.Length, 1];
        for (var i = 0; i < x.Length; i++)
        {
            (inputs[i, 0], inputs[x.Length + i, 0]) = (x[i], -x[i]);
        }

        return Task(inputs, [.. y, .. y.Select(v => -v)]);
    }

    /// <summary>Correlated random inputs [N, d] with means of 1.</summary>
    public static Tensor Inputs(int rows, int dimension, long seed)
    {
        var random = new SplitMix64(seed);
        var values = new double[rows, dimension];
        for (var n = 0; n < rows; n++)
        {
            var common = Normal(random);
            for (var j = 0; j < dimension; j++)
            {
                values[n, j] = 1 + Normal(random) + (0.5 * common);
            }
        }

        return tensor(values);
    }

    /// <summary>Inputs that T tasks share, with labels from sparse weights, of which a fraction is missing.</summary>
    public static (Tensor Inputs, Labels Labels) Shared(int rows, int dimension, int tasks, double missing, long seed, bool binary = false)
    {
        var inputs = Inputs(rows, dimension, seed);
        var random = new SplitMix64(seed + 1);
        var weights = new double[dimension, tasks];
        foreach (var t in Enumerable.Range(0, tasks))
        {
            for (var j = 0; j < Math.Min(dimension, 5); j++)
            {
                weights[random.Below(dimension), t] = Normal(random);
            }
        }

        var noise = new double[rows, tasks];
        for (var n = 0; n < rows; n++)
        {
            for (var t = 0; t < tasks; t++)
            {
                noise[n, t] = 3 + (0.5 * Normal(random));
            }
        }

        var outputs = Numbers(inputs.matmul(tensor(weights)) + tensor(noise));
        for (var i = 0; i < outputs.Length; i++)
        {
            if (binary)
            {
                outputs[i] = outputs[i] > 3 ? 1 : 0;
            }

            if (Below(random, missing))
            {
                outputs[i] = double.NaN;
            }
        }

        return (inputs, Labels.From(tensor(outputs, rows, tasks), [.. Enumerable.Range(0, tasks)]));
    }

    public static LinearProblem SharedProblem(int rows, int dimension, int tasks, double missing, long seed, bool binary = false)
    {
        var (inputs, labels) = Shared(rows, dimension, tasks, missing, seed, binary);
        return LinearProblem.From(inputs, labels, [.. Enumerable.Repeat(binary ? TaskKind.Binary : TaskKind.Regression, tasks)]);
    }

    /// <summary>Tasks with rows of their own. The weights of each are a combination of two of <paramref name="bases"/> vectors.</summary>
    public static LinearProblem OwnRows(int[] rows, int dimension, int bases, double noise, long seed)
    {
        var random = new SplitMix64(seed);
        var basis = Enumerable.Range(0, bases).Select(_ => Enumerable.Range(0, dimension).Select(_ => Normal(random)).ToArray()).ToArray();
        return new([.. rows.Select((count, t) =>
        {
            var (first, second) = (basis[t % bases], basis[(t + 1) % bases]);
            var inputs = Inputs(count, dimension, seed + 10 + t);
            var x = Numbers(inputs);
            var labels = Enumerable.Range(0, count).Select(n =>
                2
                + (noise * Normal(random))
                + Enumerable.Range(0, dimension).Sum(j => x[(n * dimension) + j] * (first[j] + (0.5 * second[j])))).ToArray();
            return new LinearTask(inputs, tensor(labels));
        })]);
    }

    /// <summary>The same tasks with copies of their inputs, so that no solver can use that they share them.</summary>
    public static LinearProblem Apart(LinearProblem problem) =>
        new([.. problem.Tasks.Select(t => new LinearTask(t.Inputs.clone(), t.Labels, t.Kind))]);

    public static LinearProblem Permuted(LinearProblem problem, int[] order) => new([.. order.Select(t => problem.Tasks[t])]);

    public static double[] Numbers(Tensor tensor) => tensor.contiguous().data<double>().ToArray();

    public static double[] Row(Tensor matrix, int row) => Numbers(matrix[row]);

    /// <summary>The inputs and labels of a task after subtracting their means.</summary>
    public static (Tensor Inputs, Tensor Labels) Centred(LinearTask task) =>
        (task.Inputs - task.Inputs.mean([0L], true), task.Labels - task.Labels.mean());

    public static void Close(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"at {i}: expected {expected[i]:r}, found {actual[i]:r}");
        }
    }

    public static void Close(LinearModel expected, LinearModel actual, double tolerance)
    {
        Close(Numbers(expected.Weights), Numbers(actual.Weights), tolerance);
        Close(Numbers(expected.Biases), Numbers(actual.Biases), tolerance);
    }

    /// <summary>The mean squared error of each task.</summary>
    public static double[] Errors(LinearProblem problem, LinearModel model) =>
        [.. problem.Tasks.Select((task, t) => (model.Predict(task.Inputs).select(1, t) - task.Labels).square().mean().item<double>())];

    private static bool Below(SplitMix64 random, double share) => share > 0 && Uniform(random) < share;

    private static double Uniform(SplitMix64 random) => ((random.Next() >> 11) + 0.5) / (1L << 53);

    private static double Normal(SplitMix64 random) => Math.Sqrt(-2 * Math.Log(Uniform(random))) * Math.Cos(2 * Math.PI * Uniform(random));
}
