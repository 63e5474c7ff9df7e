using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Sharing;

/// <summary>Computes the constants of the asymmetric sharing schemes (AMTL, AMTFL) and keeps their transfer matrices valid.</summary>
public static class Transfer
{
    /// <summary>Returns δ_t = floor / √(N_t / mean N), which is added to each task's loss so that transfer from a task whose loss is 0
    /// still has a price (Lee et al. 2018, section 3, «loss functions»; normalised by the mean as in the authors' program).</summary>
    /// <param name="floor">The numerator, at least 0.</param>
    /// <param name="counts">The number N_t of training labels of each task, [T]; above 0.</param>
    /// <returns>The floors δ [T].</returns>
    public static Tensor Floor(double floor, Tensor counts)
    {
        using var scope = NewDisposeScope();
        return (floor / (counts / counts.mean()).sqrt()).MoveToOuterDisposeScope();
    }

    /// <summary>Returns the factor on α and γ in an epoch of a training in which they grow linearly from 0 (Lee et al. 2018, section
    /// 4.2, on CUB).</summary>
    /// <param name="epoch">The epoch: 0, 1, …</param>
    /// <param name="epochs">The number of epochs of the training.</param>
    /// <param name="part">The fraction of the epochs over which α and γ grow, in [0, 1].</param>
    /// <returns>A factor in [0, 1]; it is 0 in the first epoch if α and γ grow.</returns>
    public static double Ramp(int epoch, int epochs, double part) => part * epochs < 1 ? 1 : Math.Min(1, epoch / (part * epochs));

    /// <summary>Projects a learnt transfer matrix onto its allowed set after a step: the diagonal becomes 0, because no task transfers to
    /// itself, and entries below 0 become 0 if they must not be negative. A matrix that is not trained stays as it is. Call it under
    /// no_grad.</summary>
    /// <param name="transfer">The matrix [T, T], from the row's task to the column's, which is changed in place.</param>
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

    /// <summary>Makes a matrix that is 1 if the column's output belongs to the row's task, and 0 elsewhere.</summary>
    /// <param name="outputs">The number of outputs of each task.</param>
    /// <param name="like">A tensor whose type and device the result has.</param>
    /// <returns>The matrix [T, Σ outputs].</returns>
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

    /// <summary>Sums a matrix of outputs over the columns of each task.</summary>
    /// <param name="values">The matrix [M, M], from the row's output to the column's.</param>
    /// <param name="outputs">The number of outputs of each task, M in all.</param>
    /// <returns>The matrix [T, T], from the row's task to the column's.</returns>
    public static Tensor ByTask(Tensor values, IReadOnlyList<int> outputs)
    {
        using var scope = NewDisposeScope();
        var columns = ColumnsOfTask(outputs, values);
        return columns.matmul(values).matmul(columns.t()).MoveToOuterDisposeScope();
    }
}
