using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Trunks.TaskBackward;

/// <summary>Computes the tasks' gradients J [T, P]. The gradients of each layer are written directly to their place in J.</summary>
public sealed class LayerJacobian : LayerGradients
{
    private readonly Tensor jacobian;
    private long first;

    /// <summary>Allocates J in the current dispose scope.</summary>
    /// <param name="tasks">The number of tasks T.</param>
    /// <param name="parameters">The parameters whose numbers have a column of J each, from the first layer to the last:
    /// <see cref="LayerParameters.Of"/>.</param>
    /// <param name="lastLayerOnly">True if they are the parameters of the last layer.</param>
    /// <exception cref="ArgumentException">There are no parameters.</exception>
    public LayerJacobian(int tasks, IReadOnlyList<Parameter> parameters, bool lastLayerOnly = false)
        : base(lastLayerOnly)
    {
        if (parameters.Count == 0)
        {
            throw new ArgumentException("a network without parameters has no gradients.", nameof(parameters));
        }

        first = parameters.Sum(p => p.numel());
        jacobian = empty([tasks, first], parameters[0].dtype, parameters[0].device);
    }

    /// <summary>The gradients J [T, P]. Row t is the gradient of task t: the flattened gradients of its parameters, weight before bias,
    /// from the first layer to the last.</summary>
    /// <exception cref="InvalidOperationException">A backward pass has not reached all layers.</exception>
    public Tensor Value =>
        first == 0
            ? jacobian
            : throw new InvalidOperationException($"J lacks the columns of {first} parameters: no backward pass has given them.");

    private protected override void Add(Tensor rows, Tensor gradients, bool bias)
    {
        var (tasks, outputs, inputs) = ((int)gradients.shape[0], gradients.shape[^1], rows.shape[1]);
        var start = Start((outputs * inputs) + (bias ? outputs : 0));
        var weights = jacobian.narrow(1, start, outputs * inputs);
        for (var task = 0; task < tasks; task++)
        {
            // With beta = 0 the numbers that J has so far are ignored, even those that are NaN.
            weights.select(0, task).view(outputs, inputs).addmm_(OfTask(gradients, task).t(), rows, beta: 0, alpha: 1);
        }

        if (bias)
        {
            jacobian.narrow(1, first - outputs, outputs).copy_(gradients.flatten(1, -2).sum(dim: 1));
        }

        first = start;
    }

    private protected override void Add(Tensor? weights, Tensor? biases)
    {
        var start = Start((weights?.shape[1] ?? 0) + (biases?.shape[1] ?? 0));
        if (weights is not null)
        {
            jacobian.narrow(1, start, weights.shape[1]).copy_(weights);
        }

        if (biases is not null)
        {
            jacobian.narrow(1, first - biases.shape[1], biases.shape[1]).copy_(biases);
        }

        first = start;
    }

    private long Start(long columns) => first >= columns ? first - columns
        : throw new InvalidOperationException(
            $"A layer of {columns} parameters comes where J has {first} columns left: it was made for other parameters.");
}
