using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Trunks.TaskBackward;

/// <summary>Computes the tasks' gradients by one backward pass for each task. It works for any trunk, also for hand-written ones and those
/// with batch normalisation, in which the samples of a batch depend on each other.</summary>
public static class OneByOne
{
    /// <summary>Computes the gradients J [T, P], with the columns in the order of <see cref="LayerJacobian"/>.</summary>
    /// <param name="features">The tensors that the heads read, with their graph. The graph is kept, so that an ordinary backward pass may
    /// follow.</param>
    /// <param name="gradients">The gradients of the tasks' losses with respect to each of these tensors, [T, …]. If a tensor has features
    /// for each task, [T, N, k], its gradients have the same shape, those of each loss with respect to the task's own features.</param>
    /// <param name="parameters">The parameters, P numbers, from <see cref="LayerParameters.Of"/>. Those that the features do not depend on
    /// get zeros.</param>
    public static Tensor Jacobian(IReadOnlyList<Tensor> features, IReadOnlyList<Tensor> gradients, IReadOnlyList<Parameter> parameters)
    {
        using var scope = NewDisposeScope();
        var tasks = (int)gradients[0].shape[0];
        var jacobian = empty([tasks, parameters.Sum(p => p.numel())], features[0].dtype, features[0].device);
        for (var task = 0; task < tasks; task++)
        {
            using var step = NewDisposeScope();
            var ofTask = Autograd.Gradients(
                [.. features.Zip(gradients, (f, g) => Read(f, g, task))], parameters, [.. gradients.Select(g => g.select(0, task))]);
            using var frozen = no_grad();
            Fill(jacobian.select(0, task), ofTask, parameters);
        }

        return jacobian.MoveToOuterDisposeScope();
    }

    /// <summary>Returns what a task reads of features: the task's own if there are such, else all.</summary>
    private static Tensor Read(Tensor features, Tensor gradients, int task)
    {
        if (features.dim() < gradients.dim())
        {
            return features;
        }

        using var recording = enable_grad();
        return features.select(0, task);
    }

    /// <summary>Writes gradients side by side into a row, with zeros for parameters that have none.</summary>
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
