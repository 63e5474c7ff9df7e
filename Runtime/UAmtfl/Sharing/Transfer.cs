using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Sharing;

/// <summary>Constants of the asymmetric sharing schemes.</summary>
public static class Transfer
{
    /// <summary>δ_t = floor / √(N_t / mean N), which S1 adds to each task's loss so that a task that is fitted perfectly still pays
    /// for its transfer (Lee et al. 2018, section 3, «loss functions»; normalised by the mean as in the authors' program).</summary>
    /// <param name="floor">At least 0.</param>
    /// <param name="counts">N_t [T], above 0.</param>
    /// <returns>[T]</returns>
    public static Tensor Floor(double floor, Tensor counts)
    {
        using var scope = NewDisposeScope();
        return (floor / (counts / counts.mean()).sqrt()).MoveToOuterDisposeScope();
    }

    /// <summary>How much of α and γ an epoch has where they grow linearly from 0 (Lee et al. 2018, section 4.2, on CUB).</summary>
    /// <param name="epoch">0, 1, …</param>
    /// <param name="epochs">How many there will be.</param>
    /// <param name="part">The part of the epochs over which they grow, in [0, 1].</param>
    /// <returns>In [0, 1]; 0 in the first epoch where there is a ramp.</returns>
    public static double Ramp(int epoch, int epochs, double part) => part * epochs < 1 ? 1 : Math.Min(1, epoch / (part * epochs));

    /// <summary>Puts a learnt transfer back into its allowed set after a step: no task transfers to itself, and no entry is below 0 where
    /// that is asked. A transfer that is not trained keeps its bits. To be called under no_grad.</summary>
    /// <param name="transfer">[T, T], from row to column; changed in place.</param>
    /// <param name="nonNegative">True if entries below 0 become 0.</param>
    public static void Project(Parameter transfer, bool nonNegative)
    {
        if (!transfer.requires_grad)
        {
            return;
        }

        using var scope = NewDisposeScope();
        transfer.diagonal().zero_();
        if (nonNegative)
        {
            transfer.clamp_min_(0);
        }
    }

    /// <summary>1 where a column of the outputs belongs to the task of the row, else 0.</summary>
    /// <param name="outputs">How many columns each task has.</param>
    /// <param name="like">A tensor whose type and device the result has.</param>
    /// <returns>[T, Σ outputs]</returns>
    public static Tensor ColumnsOfTask(IReadOnlyList<int> outputs, Tensor like)
    {
        using var scope = NewDisposeScope();
        var result = zeros(outputs.Count, outputs.Sum(), dtype: like.dtype, device: like.device);
        var column = 0;
        for (var t = 0; t < outputs.Count; column += outputs[t], t++)
        {
            result[t, column..(column + outputs[t])] = 1;
        }

        return result.MoveToOuterDisposeScope();
    }
}
