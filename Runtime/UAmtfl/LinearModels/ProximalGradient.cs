using UAmtfl.Penalties;
using UAmtfl.Tasks;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.LinearModels;

/// <summary>Fits linear models with structured penalties, min over W and b of Σ_t loss_t(W, b) + Ω(W) (Lee et al. 2018, eq. 1), by
/// accelerated proximal gradient steps (Beck and Teboulle 2009). The problem is convex, and the result comes with a certificate of
/// optimality, <see cref="ProximalFit.Gap"/>. Standardise inputs of very different sizes first, because they make it slow.</summary>
/// <remarks>The acceleration restarts when the objective would rise or the momentum points uphill (O'Donoghue and Candès 2015). The
/// step size is found by backtracking.</remarks>
public static class ProximalGradient
{
    /// <summary>Fits all tasks.</summary>
    /// <param name="problem">Regression (squared loss) and binary tasks (cross-entropy), float64.</param>
    /// <param name="penalty">The penalty Ω; a <see cref="ProximalPenalty"/> is converted.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <returns>The model, its components and the certificate. Its tensors belong to the caller's dispose scope.</returns>
    /// <exception cref="UAmtflException">The problem or an option is not of the kind described, or the objective is not
    /// finite.</exception>
    public static ProximalFit Fit(LinearProblem problem, StructuredPenalty penalty, ProximalOptions? options = null)
    {
        options ??= new();
        Check(problem);
        Check(options, problem, penalty);
        using var pause = new CollectionPause();
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var data = new CentredData(problem, options);
        var point = options.Start is null
            ? Point.Zero(penalty.Components.Count, problem.Count, problem.Dimension)
            : new Point(stack(options.Start.Components), data.Centred(options.Start.Model));
        var search = new ProximalSearch(LinearLoss.Of(data), penalty, options, pause);
        var end = search.Run(point);

        var weights = end.Point.Weights;
        Tensor[] components = [.. end.Point.Components.unbind().Select(c => c.clone().MoveToOuterDisposeScope())];
        var model = new LinearModel(weights.MoveToOuterDisposeScope(), data.Original(weights, end.Point.Biases).MoveToOuterDisposeScope());
        return new ProximalFit(model, components, end.Objective, end.Gap, end.Iterations, end.Stop);
    }

    private static void Check(LinearProblem problem)
    {
        if (problem.Count == 0)
        {
            throw new UAmtflException("A linear problem has no task: give at least one.");
        }

        using var scope = NewDisposeScope();
        for (var t = 0; t < problem.Count; t++)
        {
            var (inputs, labels, kind) = problem.Tasks[t];
            var (inputShape, labelShape) = (string.Join(", ", inputs.shape), string.Join(", ", labels.shape));
            var mistake = kind is not (TaskKind.Regression or TaskKind.Binary)
                    ? $"is of kind {kind}: a linear task is Regression or Binary"
                : inputs.dtype != ScalarType.Float64 || labels.dtype != ScalarType.Float64
                    ? $"has inputs of type {inputs.dtype} and labels of type {labels.dtype}: give Float64"
                : inputs.dim() != 2 || labels.dim() != 1 || inputs.shape[0] != labels.shape[0]
                    ? $"has inputs [{inputShape}] and labels [{labelShape}]: give [N, d] and [N]"
                : inputs.shape[1] != problem.Dimension
                    ? $"has {inputs.shape[1]} inputs and task 0 has {problem.Dimension}: all tasks need the same"
                : labels.shape[0] == 0
                    ? "has no samples: leave it out"
                : kind == TaskKind.Binary && !labels.eq(0).logical_or(labels.eq(1)).all().item<bool>()
                    ? "is binary and has labels that are neither 0 nor 1"
                : null;
            if (mistake is not null)
            {
                throw new UAmtflException($"Task {t} of the linear problem {mistake}.");
            }
        }
    }

    private static void Check(ProximalOptions options, LinearProblem problem, StructuredPenalty penalty)
    {
        var mistake = !(options.Tolerance > 0) ? FormattableString.Invariant($"tolerance is {options.Tolerance}: give a number above 0")
            : options.Iterations < 1 ? $"number of iterations is {options.Iterations}: give at least 1"
            : options.Start is { } start && (start.Components.Count != penalty.Components.Count
                    || !start.Model.Weights.shape.SequenceEqual([problem.Count, problem.Dimension]))
                ? "start is of another problem or penalty: give a fit with as many tasks, inputs and components"
            : null;
        if (mistake is not null)
        {
            throw new UAmtflException($"The proximal gradient method's {mistake}.");
        }
    }
}
