using TorchSharp;
using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.LinearModels.Numerics;

/// <summary>The strength of a penalty and, for the elastic net, its ratio.</summary>
/// <param name="Lambda">The strength λ.</param>
/// <param name="Ratio">The share of the ℓ₁ norm in an elastic net; other penalties ignore it.</param>
internal readonly record struct Strength(double Lambda, double Ratio = 0);

/// <summary>The fits of one task at each strength of a path.</summary>
/// <param name="Weights">The weights w [d] for each strength.</param>
/// <param name="Biases">The intercept b for each strength.</param>
internal sealed record LinearPath(double[][] Weights, double[] Biases)
{
    /// <summary>Returns the output x · w + b for one row at one strength.</summary>
    public double Output(int strength, ReadOnlySpan<double> row) => Vectors.Dot(row, Weights[strength]) + Biases[strength];
}

/// <summary>Fits tasks that have most of a set of reference rows, so that what depends on those rows alone is computed once. Its
/// tensors belong to the dispose scope in which it is created.</summary>
internal interface IPathSolver
{
    /// <summary>Fits one task at each strength.</summary>
    LinearPath Solve(TaskRows task, IReadOnlyList<Strength> strengths);
}

/// <summary>Creates a solver for a group of tasks and its reference rows.</summary>
internal delegate IPathSolver PathSolverFactory(RowGroup group, int[] reference);

/// <summary>Fits all tasks of a problem along paths of strengths.</summary>
internal static class Paths
{
    /// <summary>Fits every task at its own list of strengths; all lists have the same length.</summary>
    /// <returns>One model for each position in the lists of strengths.</returns>
    public static LinearModel[] Fit(LinearProblem problem, PathSolverFactory solver, IReadOnlyList<IReadOnlyList<Strength>> strengths)
    {
        var (dimension, length) = ((int)problem.Dimension, strengths[0].Count);
        var weights = Enumerable.Range(0, length).Select(_ => new double[problem.Count * dimension]).ToArray();
        var biases = Enumerable.Range(0, length).Select(_ => new double[problem.Count]).ToArray();
        foreach (var group in RowGroup.Of(problem))
        {
            using var scope = NewDisposeScope();
            var shared = solver(group, [.. Enumerable.Range(0, group.Count)]);
            foreach (var task in group.Tasks)
            {
                var path = shared.Solve(task, strengths[task.Task]);
                for (var i = 0; i < length; i++)
                {
                    path.Weights[i].CopyTo(weights[i], task.Task * dimension);
                    biases[i][task.Task] = path.Biases[i];
                }
            }
        }

        return [.. weights.Select((w, i) => Model(w, biases[i]))];
    }

    /// <summary>Makes a model from arrays of weights and intercepts.</summary>
    public static LinearModel Model(double[] weights, double[] biases, Tensor? transfer = null) =>
        new(weights.ToTensor(biases.Length, weights.Length / biases.Length), biases.ToTensor(biases.Length), transfer);
}
