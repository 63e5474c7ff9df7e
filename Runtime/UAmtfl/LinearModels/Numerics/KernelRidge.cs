using TorchSharp;
using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.LinearModels.Numerics;

/// <summary>Fits ridge regressions with fewer rows than inputs, for tasks with missing labels, from one eigendecomposition for all tasks:
/// K = XXᵀ = U diag(s) Uᵀ of the n centred reference rows.</summary>
/// <remarks>
/// If no label is missing, the dual solution is α = Py, P = Σ_i u_i u_iᵀ / (s_i + κ), κ = Nλ, w = Xᵀα, where the sum leaves out the
/// direction of the intercept. A row without a label must have α = 0, which holds if its label is what the fit predicts. The missing
/// labels are therefore filled in by P_mm y_m = −P_mo y_o, a system as small as their number, and the result is exactly the fit to the
/// observed rows. The intercept's direction, 1, is an eigenvector of K. A multiple τ of it is added to K, so that it mixes with no other
/// eigenvector, and is subtracted again as one more column of U, with the factor −1/(n(τ + κ)).
/// </remarks>
internal sealed class KernelRidge : IPathSolver
{
    private readonly RowGroup group;
    private readonly int[] reference;
    private readonly double[] values;
    private readonly double[] vectors;
    private readonly Tensor inputs;
    private readonly Tensor basis;
    private readonly double intercept;
    private readonly int columns;

    /// <summary>Decomposes the kernel of the reference rows.</summary>
    public KernelRidge(RowGroup group, int[] reference)
    {
        (this.group, this.reference) = (group, reference);
        var (n, d) = (reference.Length, group.Dimension);
        columns = n + 1;
        var raw = Vectors.RowsLess(group.Inputs, new double[d], reference);
        var centred = Vectors.RowsLess(raw, Vectors.ColumnMeans(raw, d), [.. Enumerable.Range(0, n)]);
        var kernel = Vectors.Product(centred, d, centred, n, transposeB: true);
        var trace = Enumerable.Range(0, n).Sum(i => kernel[(i * n) + i]);
        intercept = trace > 0 ? trace / n : 1;
        for (var i = 0; i < kernel.Length; i++)
        {
            kernel[i] += intercept / n;
        }

        (values, var square) = CovarianceRidge.Decompose(kernel, n);
        vectors = new double[n * columns];
        for (var i = 0; i < n; i++)
        {
            square.AsSpan(i * n, n).CopyTo(vectors.AsSpan(i * columns, n));
            vectors[(i * columns) + n] = 1;
        }

        (inputs, basis) = (centred.ToTensor(n, d), vectors.ToTensor(n, columns));
    }

    public LinearPath Solve(TaskRows task, IReadOnlyList<Strength> strengths)
    {
        using var scope = NewDisposeScope();
        var (n, mean, place) = (reference.Length, task.Mean(), 0);
        var (filled, missing) = (new double[n], new List<int>());
        for (var i = 0; i < n; i++)
        {
            if (place < task.Rows.Length && task.Rows[place] == reference[i])
            {
                filled[i] = task.Labels[place++] - mean;
            }
            else
            {
                missing.Add(i);
            }
        }

        var factors = Factors(task.Rows.Length, strengths);
        var rotated = filled.ToTensor(1, n).matmul(basis).ToArray();
        var scores = Enumerable.Repeat(rotated, strengths.Count).SelectMany(z => z).ToArray();
        if (missing.Count > 0)
        {
            FillIn(missing, factors, scores, strengths.Count);
        }

        var duals = (scores.ToTensor(strengths.Count, columns) * factors.ToTensor(strengths.Count, columns)).matmul(basis.t()).ToArray();
        for (var i = 0; i < duals.Length; i += n)
        {
            missing.ForEach(m => duals[i + m] = 0);
        }

        var weights = duals.ToTensor(strengths.Count, n).matmul(inputs).ToArray().Chunk(group.Dimension).ToArray();
        var means = new double[group.Dimension];
        foreach (var row in task.Rows)
        {
            Vectors.AddScaled(means, 1.0 / task.Rows.Length, group.Row(row));
        }

        return new(weights, [.. weights.Select(w => mean - Vectors.Dot(means, w))]);
    }

    /// <summary>Returns the factors 1 / (s + κ) for each strength, and the factor that subtracts the intercept's direction, [L, n +
    /// 1].</summary>
    private double[] Factors(int count, IReadOnlyList<Strength> strengths)
    {
        var factors = new double[strengths.Count * columns];
        for (var l = 0; l < strengths.Count; l++)
        {
            var strength = count * strengths[l].Lambda;
            for (var i = 0; i < columns - 1; i++)
            {
                factors[(l * columns) + i] = 1 / (Math.Max(values[i], 0) + strength);
            }

            factors[(l * columns) + columns - 1] = -1 / ((columns - 1) * (intercept + strength));
        }

        return factors;
    }

    /// <summary>Adds the missing labels, filled in, to the scores [L, n + 1] of the observed ones.</summary>
    private void FillIn(List<int> missing, double[] factors, double[] scores, int length)
    {
        using var scope = NewDisposeScope();
        var rows = Vectors.RowsLess(vectors, new double[columns], missing).ToTensor(missing.Count, columns);
        var scaled = rows.unsqueeze(0) * factors.ToTensor(length, 1, columns);                    // [L, m, n + 1]
        var system = scaled.matmul(rows.t());                                                      // P_mm [L, m, m]
        var right = scaled.matmul(scores.ToTensor(length, columns, 1)).neg();                      // −P_mo y_o [L, m, 1]
        var labels = right.cholesky_solve(linalg.cholesky(system)).squeeze(2);
        Vectors.AddScaled(scores, 1, labels.matmul(rows).ToArray());
    }
}
