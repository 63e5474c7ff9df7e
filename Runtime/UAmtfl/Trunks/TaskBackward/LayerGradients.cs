using TorchSharp;
using static TorchSharp.torch;

namespace UAmtfl.Trunks.TaskBackward;

/// <summary>What becomes of the gradients of each layer's parameters, for all tasks at once. A layer gives what the gradients are made
/// of, its inputs X and its outputs' gradients Δ_t: dW_t = Δ_tᵀX and db_t = Δ_tᵀ1.</summary>
/// <param name="lastLayerOnly">Whether the layer that comes first, the trunk's last with parameters, is all that is wanted.</param>
public abstract class LayerGradients(bool lastLayerOnly)
{
    /// <summary>How many numbers the weights of all samples may be where they are computed a sample at a time.</summary>
    private const long MostBySample = 1 << 19;

    /// <summary>Whether a backward pass may end after the first layer it gives.</summary>
    public bool LastLayerOnly { get; } = lastLayerOnly;

    /// <summary>Takes a fully connected layer.</summary>
    /// <param name="input">X [N, I]</param>
    /// <param name="gradients">Δ [T, N, O], with respect to the layer's outputs.</param>
    /// <param name="bias">Whether it has a bias.</param>
    public void Linear(Tensor input, Tensor gradients, bool bias) => Take(input, gradients, bias);

    /// <summary>Takes a convolution of images.</summary>
    /// <param name="images">X [N, C, H, W]</param>
    /// <param name="gradients">Δ [T, N, O, H', W'], with respect to the layer's outputs.</param>
    /// <param name="weight">W [O, C, K, K], of which the shape is read.</param>
    /// <param name="stride">Pixels between two positions of the kernel.</param>
    /// <param name="padding">Zero pixels added on each side.</param>
    /// <param name="bias">Whether it has a bias.</param>
    public void Convolution(Tensor images, Tensor gradients, Tensor weight, int stride, int padding, bool bias)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (x, w, tasks) = (ConvolutionBackward.ChannelsLast(images), ConvolutionBackward.ChannelsLast(weight), (int)gradients.shape[0]);
        var weights = empty([tasks, weight.numel()], gradients.dtype, gradients.device);
        for (var task = 0; task < tasks; task++)
        {
            using var step = NewDisposeScope();
            var ofTask = ConvolutionBackward.Weights(ConvolutionBackward.ChannelsLast(gradients.select(0, task)), x, w, stride, padding);
            weights.select(0, task).copy_(ofTask.flatten());
        }

        Add(weights, bias ? gradients.sum([1L, 3L, 4L]) : null);
    }

    /// <summary>Takes a convolution: a fully connected layer of patches, whose positions are samples.</summary>
    /// <param name="patches">X [N, P, C·K²], from <see cref="Patches.Cut"/>.</param>
    /// <param name="gradients">Δ [T, N, P, O], from <see cref="LayerBackward.Positions"/>.</param>
    /// <param name="bias">Whether it has a bias.</param>
    public void Convolution(Tensor patches, Tensor gradients, bool bias)
    {
        if (patches.shape[0] * patches.shape[2] * gradients.shape[3] > MostBySample)
        {
            using var rows = patches.flatten(0, 1);
            Take(rows, gradients, bias);
            return;
        }

        // Few weights under many positions: a product a sample leaves the gradients where they are.
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var bySample = gradients.transpose(2, 3).matmul(patches);
        Add(bySample.sum(dim: 1).flatten(1), bias ? gradients.sum([1L, 2L]) : null);
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

    /// <summary>Takes the gradients of a layer's parameters; called under no_grad, in a scope that ends with the call.</summary>
    /// <param name="weights">dW [T, O·I]</param>
    /// <param name="biases">db [T, O], or null.</param>
    private protected abstract void Add(Tensor weights, Tensor? biases);
}
