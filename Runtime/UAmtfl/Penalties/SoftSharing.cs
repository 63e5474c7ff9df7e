using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <summary>Pulls the weights of the same layer in the networks of several tasks towards each other (Duong et al. 2015; Yang and
/// Hospedales 2017).</summary>
public static class SoftSharing
{
    /// <summary>Returns ρ Σ_l Σ_t ‖W_t^l − W̄^l‖², whose gradient sums to 0 over the tasks.</summary>
    /// <param name="weights">The weights of each layer side by side, [T·…, …] with one task after the other.</param>
    /// <param name="tasks">The number T of tasks.</param>
    /// <param name="strength">The strength ρ, at least 0.</param>
    /// <returns>The penalty [].</returns>
    public static Tensor ToMean(IReadOnlyList<Tensor> weights, int tasks, double strength)
    {
        var sum = Spread(weights[0]);
        for (var i = 1; i < weights.Count; i++)
        {
            sum += Spread(weights[i]);
        }

        return strength * sum;

        Tensor Spread(Tensor layer)
        {
            var rows = Rows(layer, tasks);
            return (rows - rows.mean([0], keepdim: true)).square().sum();
        }
    }

    /// <summary>Returns ρ Σ_l Σ_s Σ_t ‖W_s^l − W_t^l‖², which is 2T times <see cref="ToMean"/>.</summary>
    /// <param name="weights">The weights of each layer side by side, [T·…, …] with one task after the other.</param>
    /// <param name="tasks">The number T of tasks.</param>
    /// <param name="strength">The strength ρ, at least 0.</param>
    /// <returns>The penalty [].</returns>
    public static Tensor Pairwise(IReadOnlyList<Tensor> weights, int tasks, double strength) =>
        ToMean(weights, tasks, 2 * tasks * strength);

    /// <summary>Applies to each layer the proximal operator of a penalty on the matrix with a task's weights in each row. Weights that
    /// are not trained stay as they are. Call it under no_grad.</summary>
    /// <param name="weights">The weights of each layer side by side, [T·…, …] with one task after the other.</param>
    /// <param name="tasks">The number T of tasks.</param>
    /// <param name="penalty">The penalty on matrices [T, P].</param>
    /// <param name="learningRate">The step size.</param>
    public static void Step(IReadOnlyList<Tensor> weights, int tasks, ProximalPenalty penalty, double learningRate)
    {
        foreach (var layer in weights.Where(w => w.requires_grad))
        {
            layer.copy_(penalty.Proximal(Rows(layer, tasks), learningRate).view(layer.shape));
        }
    }

    private static Tensor Rows(Tensor layer, int tasks) => layer.reshape(tasks, -1);
}
