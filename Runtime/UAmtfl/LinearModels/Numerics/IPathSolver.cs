using TorchSharp;
using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.LinearModels.Numerics;

/// <summary>One setting of a penalty.</summary>
/// <param name="Lambda">λ</param>
/// <param name="Ratio">The elastic net's share of ℓ1; others have no use for it.</param>
internal readonly record struct Strength(double Lambda, double Ratio = 0);

/// <summary>The fits of one task along strengths.</summary>
/// <param name="Weights">For each strength w [d].</param>
/// <param name="Biases">For each strength b.</param>
internal sealed record LinearPath(double[][] Weights, double[] Biases)
{
    /// <summary>x · w + b for one row and one strength.</summary>
    public double Output(int strength, ReadOnlySpan<double> row) => Vectors.Dot(row, Weights[strength]) + Biases[strength];
}

/// <summary>Fits tasks that have most of some reference rows; what depends on those rows alone is made once. Its tensors belong to the dispose scope in which it
/// was made.</summary>
internal interface IPathSolver
{
    /// <summary>The fits of one task.</summary>
    LinearPath Solve(TaskRows task, IReadOnlyList<Strength> strengths);
}

/// <summary>Makes a solver for reference rows of a group.</summary>
internal delegate IPathSolver PathSolverFactory(RowGroup group, int[] reference);

/// <summary>From paths to models.</summary>
internal static class Paths
{
    /// <summary>Fits every task at its own strengths, of which all tasks have equally many.</summary>
    /// <returns>One model for each place in the lists of strengths.</returns>
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

    /// <summary>A model of numbers.</summary>
    public static LinearModel Model(double[] weights, double[] biases, Tensor? transfer = null) =>
        new(weights.ToTensor(biases.Length, weights.Length / biases.Length), biases.ToTensor(biases.Length), transfer);
}
