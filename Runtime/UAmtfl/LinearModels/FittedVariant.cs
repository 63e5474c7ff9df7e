using UAmtfl.Data;
using UAmtfl.Evaluation;
using UAmtfl.Onnx;
using UAmtfl.Tasks;
using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.LinearModels;

/// <summary>The training data and the seed that an exact solver is given.</summary>
/// <param name="Train">The training data; strengths are chosen within it.</param>
/// <param name="Seed">The seed of the folds of a cross-validation and of random starts.</param>
public sealed record FitData(LinearProblem Train, int Seed);

/// <summary>The models that an exact solver found, and how it found them.</summary>
/// <param name="Model">The linear models.</param>
/// <param name="Solver">A description of the solver: «coordinate descent, strength by 5-fold cross-validation for each task».</param>
/// <param name="Chosen">The hyper-parameters chosen for each task, [T] for each name, such as <c>strength</c>.</param>
/// <param name="Certificate">The optimality gap that an iterative solver reached; null for a solver in closed form, or one that fails
/// unless it reaches its tolerance.</param>
public sealed record Fit(LinearModel Model, string Solver, IReadOnlyDictionary<string, double[]> Chosen, Certificate? Certificate = null)
{
    /// <summary>What a reader of the results should know of the fit; null for nothing.</summary>
    public string? Notice { get; init; }
}

/// <summary>A variant that an exact solver fits to the inputs, in float64, instead of training step by step. The generator writes the
/// subclasses.</summary>
public abstract class FittedVariant : IPredictor
{
    private LinearModel? model;

    /// <summary>The linear models; null before the fit.</summary>
    internal LinearModel? Model => model;

    /// <summary>Takes the linear models of an earlier fit for <see cref="Predict"/>.</summary>
    /// <param name="weights">[T, d], float64; it is copied.</param>
    /// <param name="biases">[T], float64; it is copied.</param>
    internal void Restore(Tensor weights, Tensor biases) => model = new(Kept(weights), Kept(biases));

    /// <summary>Fits linear models to the training data.</summary>
    /// <param name="data">The training data and the seed.</param>
    public abstract Fit Solve(FitData data);

    /// <summary>Fits linear models to the training set and keeps them for <see cref="Predict"/>.</summary>
    /// <param name="train">The inputs [N, d] of the training set and their labels.</param>
    /// <param name="tasks">The tasks, none a classification.</param>
    /// <param name="seed">The seed of the run.</param>
    public Fit Fit((Tensor Inputs, Labels Labels) train, TaskSet tasks, int seed)
    {
        if (train.Inputs.dim() != 2)
        {
            throw new DataException(
                $"the training set has inputs of shape [{string.Join(", ", train.Inputs.shape)}]; "
                + "a linear model needs rows of numbers, [N, d]: flatten them in the data set's Load");
        }

        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var fit = Solve(new(Problem(train, tasks), seed));
        model = new(Kept(fit.Model.Weights), Kept(fit.Model.Biases), fit.Model.Transfer is { } transfer ? Kept(transfer) : null);
        return fit with { Model = model };
    }

    /// <inheritdoc/>
    public Tensor Prepare(Tensor inputs) => inputs;

    private LinearModel Fitted => model ?? throw new InvalidOperationException("The variant is not fitted yet.");

    /// <inheritdoc/>
    public string Export(OnnxGraph graph, string inputs, TaskSet tasks) =>
        graph.Linear(graph.Cast(inputs, ScalarType.Float64), Fitted.Weights, Fitted.Biases);

    /// <inheritdoc/>
    public Tensor Predict(Tensor prepared) => Fitted.Predict(prepared.to(ScalarType.Float64)).to(prepared.dtype);

    /// <inheritdoc/>
    public Tensor? LearntTransfer() => model?.Transfer;

    /// <inheritdoc/>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        model?.Weights.Dispose();
        model?.Biases.Dispose();
        model?.Transfer?.Dispose();
    }

    private static LinearProblem Problem((Tensor Inputs, Labels Labels) split, TaskSet tasks)
    {
        var inputs = split.Inputs.to(ScalarType.Float64).cpu();
        var labels = split.Labels.InDouble();
        List<TaskKind> kinds = [.. tasks.Tasks.Select(t => t.Kind)];
        var problem = labels.Owner is { } owner
            ? LinearProblem.From(inputs, labels.Values, owner, kinds)
            : LinearProblem.From(inputs, labels, kinds);
        return problem with { Names = [.. tasks.Tasks.Select(t => t.Name)] };
    }

    private static Tensor Kept(Tensor tensor) => tensor.clone().DetachFromDisposeScope();
}
