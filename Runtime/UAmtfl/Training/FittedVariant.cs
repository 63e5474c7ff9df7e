using TorchSharp;
using UAmtfl.Data;
using UAmtfl.LinearModels;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Training;

/// <summary>What an exact solver is given.</summary>
/// <param name="Train">What is fitted.</param>
/// <param name="Validation">What may be looked at to choose.</param>
/// <param name="Seed">Of the folds of a cross-validation and of random starts.</param>
public sealed record FitData(LinearProblem Train, LinearProblem Validation, int Seed);

/// <summary>What an exact solver found.</summary>
/// <param name="Model">The linear models.</param>
/// <param name="Solver">What solved it, and how exactly: «coordinate descent, KKT residual 3e-10».</param>
/// <param name="Chosen">[T] by name: what was chosen for each task, <c>strength</c> for one.</param>
public sealed record Fit(LinearModel Model, string Solver, IReadOnlyDictionary<string, double[]> Chosen);

/// <summary>A variant that an exact solver fits, on the inputs themselves: nothing is trained step by step. In float64. The generator
/// writes the subclasses.</summary>
public abstract class FittedVariant : Predictor
{
    private LinearModel? model;

    /// <summary>Solves.</summary>
    /// <param name="data">The problem.</param>
    public abstract Fit Solve(FitData data);

    /// <summary>Solves, and keeps the models for <see cref="Predict"/>.</summary>
    /// <param name="train">[N, d] and its labels.</param>
    /// <param name="validation">[N', d] and its labels.</param>
    /// <param name="tasks">The tasks, none a classification.</param>
    /// <param name="seed">The seed of the run.</param>
    public Fit Fit((Tensor Inputs, Labels Labels) train, (Tensor Inputs, Labels Labels) validation, TaskSet tasks, int seed)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var fit = Solve(new(Problem(train, tasks), Problem(validation, tasks), seed));
        model = new(Kept(fit.Model.Weights), Kept(fit.Model.Biases), fit.Model.Transfer is { } transfer ? Kept(transfer) : null);
        return fit with { Model = model };
    }

    /// <inheritdoc/>
    public override Tensor Predict(Tensor prepared)
    {
        var fitted = model ?? throw new InvalidOperationException("The variant is not fitted yet.");
        return fitted.Predict(prepared.to(ScalarType.Float64)).to(prepared.dtype);
    }

    /// <inheritdoc/>
    public override Tensor? Transfer() => model?.Transfer;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        model?.Weights.Dispose();
        model?.Biases.Dispose();
        model?.Transfer?.Dispose();
    }

    private static LinearProblem Problem((Tensor Inputs, Labels Labels) split, TaskSet tasks)
    {
        var inputs = split.Inputs.to(ScalarType.Float64).cpu();
        var labels = split.Labels.Select64();
        List<TaskKind> kinds = [.. tasks.Tasks.Select(t => t.Kind)];
        return labels.Owner is { } owner ? LinearProblem.From(inputs, labels.Values, owner, kinds) : LinearProblem.From(inputs, labels, kinds);
    }

    private static Tensor Kept(Tensor tensor) => tensor.clone().DetachFromDisposeScope();
}
