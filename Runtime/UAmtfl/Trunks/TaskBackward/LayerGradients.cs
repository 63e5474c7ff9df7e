using TorchSharp;
using static TorchSharp.torch;

namespace UAmtfl.Trunks.TaskBackward;

/// <summary>What becomes of the gradients of each layer's parameters, for all tasks at once. A layer gives what the gradients are made
/// of, its inputs X and its outputs' gradients Δ_t: dW_t = Δ_tᵀX and db_t = Δ_tᵀ1.</summary>
/// <param name="lastLayerOnly">Whether the layer that comes first, the trunk's last with parameters, is all that is wanted.</param>
public abstract class LayerGradients(bool lastLayerOnly)
{
    /// <summary>Whether a backward pass may end after the first layer it gives.</summary>
    public bool LastLayerOnly { get; } = lastLayerOnly;

    /// <summary>Takes a fully connected layer.</summary>
    /// <param name="input">X [N, I]</param>
    /// <param name="gradients">Δ [T, N, O], with respect to the layer's outputs.</param>
    /// <param name="bias">Whether it has a bias.</param>
    public void Linear(Tensor input, Tensor gradients, bool bias) => Take(input, gradients, bias);

    /// <summary>Takes a convolution: a fully connected layer of patches, whose positions are samples.</summary>
    /// <param name="patches">X [N, P, C·K²], from <see cref="Patches.Cut"/>.</param>
    /// <param name="gradients">Δ [T, N, P, O], from <see cref="LayerBackward.Positions"/>.</param>
    /// <param name="bias">Whether it has a bias.</param>
    public void Convolution(Tensor patches, Tensor gradients, bool bias)
    {
        using var rows = patches.flatten(0, 1);
        Take(rows, gradients, bias);
    }

    /// <summary>Takes a layer.</summary>
    /// <param name="rows">X [M, I]</param>
    /// <param name="gradients">Δ [T, M, O], or [T, N, P, O] with N·P = M.</param>
    /// <param name="bias">Whether there is a bias.</param>
    private void Take(Tensor rows, Tensor gradients, bool bias)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Add(rows, gradients, bias);
    }

    /// <summary>Takes a layer; called under no_grad, in a scope that ends with the call.</summary>
    /// <param name="rows">X [M, I]</param>
    /// <param name="gradients">Δ [T, M, O], or [T, N, P, O] with N·P = M.</param>
    /// <param name="bias">Whether there is a bias.</param>
    private protected abstract void Add(Tensor rows, Tensor gradients, bool bias);

    /// <summary>Δ_t [M, O]</summary>
    private protected static Tensor OfTask(Tensor gradients, int task) => gradients.select(0, task).flatten(0, -2);
}
