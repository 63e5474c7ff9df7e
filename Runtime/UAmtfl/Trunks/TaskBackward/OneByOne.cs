using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Trunks.TaskBackward;

/// <summary>The tasks' gradients by one backward pass a task, of any trunk: of hand-written ones, and of those with batch
/// normalisation, where the samples of a batch depend on one another.</summary>
public static class OneByOne
{
    /// <summary>J [T, P], as <see cref="LayerJacobian"/> has it.</summary>
    /// <param name="features">The tensors that the heads read, with their graph, which is kept: an ordinary backward pass may
    /// follow.</param>
    /// <param name="gradients">[T, …] for each of them, the gradients of the losses of the tasks.</param>
    /// <param name="parameters">P numbers: <see cref="LayerParameters.Of"/>. Those that the features do not depend on get zeros.</param>
    public static Tensor Jacobian(IReadOnlyList<Tensor> features, IReadOnlyList<Tensor> gradients, IReadOnlyList<Parameter> parameters)
    {
        using var scope = NewDisposeScope();
        var tasks = (int)gradients[0].shape[0];
        var jacobian = empty([tasks, parameters.Sum(p => p.numel())], features[0].dtype, features[0].device);
        for (var task = 0; task < tasks; task++)
        {
            using var step = NewDisposeScope();
            var ofTask = Autograd.Gradients(features, parameters, [.. gradients.Select(g => g.select(0, task))]);
            using var frozen = no_grad();
            Fill(jacobian.select(0, task), ofTask, parameters);
        }

        return jacobian.MoveToOuterDisposeScope();
    }

    /// <summary>Gradients side by side; zeros for parameters that have none.</summary>
    private static void Fill(Tensor row, IReadOnlyList<Tensor?> gradients, IReadOnlyList<Parameter> parameters)
    {
        var first = 0L;
        for (var i = 0; i < parameters.Count; i++)
        {
            var length = parameters[i].numel();
            var part = row.narrow(0, first, length);
            if (gradients[i] is { } gradient)
            {
                part.copy_(gradient.flatten());
            }
            else
            {
                part.fill_(0);
            }

            first += length;
        }
    }
}
