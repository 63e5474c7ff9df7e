using TorchSharp.Modules;
using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>A layer with one weight and bias for T tasks, whose weight changes by low-rank matrices: W_t = W + B A + B_t A_t (Hu et
/// al. 2022). Its parameters have the names and shapes of the same layer for one task; the changes are those of
/// <see cref="LowRankAdapters"/>.</summary>
public abstract class AdaptedLayer : nn.Module<Tensor, Tensor>
{
    private LowRank? shared, own;

    /// <summary>Takes over the parameters of a layer for one task.</summary>
    /// <param name="name">The name of the module.</param>
    /// <param name="tasks">The number T of tasks.</param>
    /// <param name="weight">The weight W, with a row for each output in its first dimension.</param>
    /// <param name="bias">The bias; null for none.</param>
    private protected AdaptedLayer(string name, int tasks, Parameter weight, Parameter? bias)
        : base(name)
    {
        (Tasks, Weight, Bias) = (tasks, weight, bias);
        register_parameter("weight", weight);
        if (bias is not null)
        {
            register_parameter("bias", bias);
        }
    }

    /// <summary>The weight W of all tasks, [O, …].</summary>
    public Parameter Weight { get; }

    /// <summary>The bias of all tasks, [O]; null if the layer has none.</summary>
    public Parameter? Bias { get; }

    /// <summary>The number T of tasks.</summary>
    protected int Tasks { get; }

    /// <summary>Returns the weight of each task as a matrix, W + B A + B_t A_t.</summary>
    /// <returns>The matrices [T, O, I].</returns>
    /// <exception cref="InvalidOperationException">The layer has no changes yet.</exception>
    public Tensor Merged() => shared is null || own is null
        ? throw new InvalidOperationException("the layer has no changes yet: create the adapters of its trunk first")
        : Lasting.Sum(own.Product(), Lasting.Sum(shared.Product(), Matrix()));

    /// <summary>Creates changes of the weight and takes them; they are modules of the caller.</summary>
    /// <param name="rank">The rank; a matrix with fewer rows or columns gets full rank.</param>
    /// <param name="ofAll">True for one change of all tasks, false for one of each.</param>
    internal LowRank Change(int rank, bool ofAll)
    {
        var (rows, columns) = (Weight.shape[0], Weight.numel() / Weight.shape[0]);
        var change = new LowRank(
            ofAll ? 1 : Tasks, rows, columns, Math.Min(rank, Math.Min(rows, columns)), Weight.dtype, Weight.device);
        if (ofAll)
        {
            shared = change;
        }
        else
        {
            own = change;
        }

        return change;
    }

    /// <summary>Returns the weight W as a matrix, [O, I].</summary>
    protected abstract Tensor Matrix();

    /// <summary>Does nothing, because the constructor registers the parameters by their names.</summary>
    protected sealed override void RegisterComponents()
    {
    }
}
