using TorchSharp;
using UAmtfl.Data;
using UAmtfl.Evaluation;
using UAmtfl.LinearModels;
using UAmtfl.Tasks;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.LinearModels;

/// <summary>What an exact solver is given.</summary>
/// <param name="Train">What is fitted; strengths are chosen within it.</param>
/// <param name="Seed">Of the folds of a cross-validation and of random starts.</param>
public sealed record FitData(LinearProblem Train, int Seed);

/// <summary>What an exact solver found.</summary>
/// <param name="Model">The linear models.</param>
/// <param name="Solver">What solved it: «coordinate descent, strength by 5-fold cross-validation for each task».</param>
/// <param name="Chosen">[T] by name: what was chosen for each task, <c>strength</c> for one.</param>
/// <param name="Certificate">How far an iterative solver got; null for a solver in closed form, or one that refuses to give a result short of its tolerance.</param>
public sealed record Fit(LinearModel Model, string Solver, IReadOnlyDictionary<string, double[]> Chosen, Certificate? Certificate = null);

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
    /// <param name="tasks">The tasks, none a classification.</param>
    /// <param name="seed">The seed of the run.</param>
    public Fit Fit((Tensor Inputs, Labels Labels) train, TaskSet tasks, int seed)
    {
        if (train.Inputs.dim() != 2)
        {
            throw new DataException($"the training set has inputs of shape [{string.Join(", ", train.Inputs.shape)}]; a linear model needs rows of numbers, [N, d]: flatten them in the data set's Load");
        }

        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var fit = Solve(new(Problem(train, tasks), seed));
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
        var labels = split.Labels.InDouble();
        List<TaskKind> kinds = [.. tasks.Tasks.Select(t => t.Kind)];
        return labels.Owner is { } owner ? LinearProblem.From(inputs, labels.Values, owner, kinds) : LinearProblem.From(inputs, labels, kinds);
    }

    private static Tensor Kept(Tensor tensor) => tensor.clone().DetachFromDisposeScope();
}
