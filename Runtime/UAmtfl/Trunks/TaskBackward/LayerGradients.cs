using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Trunks.TaskBackward;

/// <summary>Takes the gradients of each layer's parameters for all tasks at once. A layer passes its inputs X and the gradients Δ_t with
/// respect to its outputs, from which dW_t = Δ_tᵀX and db_t = Δ_tᵀ1 follow. Parameters that are not trained are left out.</summary>
/// <param name="lastLayerOnly">True if only the last layer of the trunk with trained parameters is needed.</param>
public abstract class LayerGradients(bool lastLayerOnly)
{
    /// <summary>The largest number of numbers in the weights of all samples for which they are computed sample by sample.</summary>
    private const long MostBySample = 1 << 19;

    private bool given;

    /// <summary>True if no further layer is needed, so that a backward pass may end.</summary>
    public bool IsComplete => lastLayerOnly && given;

    /// <summary>Takes a fully connected layer.</summary>
    /// <param name="input">The inputs X [N, I].</param>
    /// <param name="gradients">The gradients Δ [T, N, O] with respect to the layer's outputs.</param>
    /// <param name="weight">The weight W [O, I].</param>
    /// <param name="bias">The bias b [O]; null for none.</param>
    public void Linear(Tensor input, Tensor gradients, Parameter weight, Parameter? bias) =>
        Take(input, gradients, Trained.Of(weight, bias));

    /// <summary>Takes a convolution of images.</summary>
    /// <param name="images">The images X [N, C, H, W].</param>
    /// <param name="gradients">The gradients Δ [T, N, O, H', W'] with respect to the layer's outputs.</param>
    /// <param name="weight">The weight W [O, C / groups, K, K].</param>
    /// <param name="bias">The bias b [O]; null for none.</param>
    /// <param name="stride">The number of pixels between two positions of the kernel.</param>
    /// <param name="padding">The number of zero pixels that are added on each side.</param>
    /// <param name="groups">The number of groups of channels that are convolved separately.</param>
    /// <param name="dilation">The distance between two neighbours in the kernel.</param>
    public void Convolution(
        Tensor images, Tensor gradients, Parameter weight, Parameter? bias, int stride, int padding, int groups = 1, int dilation = 1)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        if (images.shape[1] == 1)
        {
            var patches = Patches.CutWith(images, Patches.Kernel(weight), stride, padding, dilation);
            Convolution(patches, LayerBackward.Positions(gradients), weight, bias);
            return;
        }

        var trained = Trained.Of(weight, bias);
        if (trained.Any)
        {
            Give(
                !trained.Weight ? null
                    : weight.shape[1] == 1
                        ? SingleChannel.Weights(images, gradients, Patches.Kernel(weight), stride, padding, dilation)
                    : Weights(images, gradients, weight, new(stride, padding, groups, dilation)),
                trained.Bias ? gradients.sum([1L, 3L, 4L]) : null);
        }
    }

    /// <summary>Takes a convolution as a fully connected layer of patches, in which positions count as samples.</summary>
    /// <param name="patches">The patches X [N, P, C·K²], from <see cref="Patches.Cut"/>.</param>
    /// <param name="gradients">The gradients Δ [T, N, P, O], from <see cref="LayerBackward.Positions"/>.</param>
    /// <param name="weight">The weight W [O, C, K, K].</param>
    /// <param name="bias">The bias b [O]; null for none.</param>
    public void Convolution(Tensor patches, Tensor gradients, Parameter weight, Parameter? bias)
    {
        var trained = Trained.Of(weight, bias);
        if (!trained.Weight || patches.shape[0] * patches.shape[2] * gradients.shape[3] > MostBySample)
        {
            using var rows = patches.flatten(0, 1);
            Take(rows, gradients, trained);
            return;
        }

        // With few weights and many positions, one product for each sample avoids a copy of the gradients.
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var bySample = gradients.transpose(2, 3).matmul(patches);
        Give(bySample.sum(dim: 1).flatten(1), trained.Bias ? gradients.sum([1L, 2L]) : null);
    }

    /// <summary>Takes a table in which rows are looked up.</summary>
    /// <param name="indices">The indices [N, L].</param>
    /// <param name="gradients">The gradients Δ [T, N, W, 1, L] with respect to the layer's outputs.</param>
    /// <param name="table">The table [V, W].</param>
    public void Embedding(Tensor indices, Tensor gradients, Embedding table)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        if (table.weight is { requires_grad: true } weight)
        {
            var rows = gradients.squeeze(3).transpose(2, 3).flatten(1, 2);   // [T, N·L, W]
            var weights = zeros([rows.shape[0], .. weight.shape], rows.dtype, rows.device);
            Give(weights.index_add_(1, indices.to(ScalarType.Int64).flatten(), rows, Numerics.Lasting.Number(1)).flatten(1), null);
        }
    }

    /// <summary>Takes the scale w and the shift b of a layer that normalises, z = w ∘ x̂ + b.</summary>
    /// <param name="normalised">The normalised values x̂ [N, C] or [N, C, H, W].</param>
    /// <param name="gradients">The gradients Δ [T, N, …] with respect to the layer's outputs.</param>
    /// <param name="weight">The scale w [C].</param>
    /// <param name="bias">The shift b [C]; null for none.</param>
    public void Scale(Tensor normalised, Tensor gradients, Parameter weight, Parameter? bias)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var trained = Trained.Of(weight, bias);
        if (trained.Any)
        {
            long[] others = normalised.dim() == 2 ? [1] : [1, 3, 4];
            Give(
                trained.Weight ? (gradients * normalised).sum(others) : null,
                trained.Bias ? gradients.sum(others) : null);
        }
    }

    /// <summary>Takes the rows and gradients of a layer whose weight is trained. It is called under no_grad, in a scope that ends with the
    /// call.</summary>
    /// <param name="rows">The inputs X [M, I].</param>
    /// <param name="gradients">The gradients Δ [T, M, O], or [T, N, P, O] with N·P = M.</param>
    /// <param name="bias">True if the layer has a bias that is trained.</param>
    private protected abstract void Add(Tensor rows, Tensor gradients, bool bias);

    /// <summary>Takes the gradients of a layer's parameters. It is called under no_grad, in a scope that ends with the call.</summary>
    /// <param name="weights">The gradients dW [T, O·I]; null if the weight is not trained.</param>
    /// <param name="biases">The gradients db [T, O]; null if there is no bias that is trained.</param>
    private protected abstract void Add(Tensor? weights, Tensor? biases);

    /// <summary>Returns the gradients Δ_t [M, O] of one task.</summary>
    private protected static Tensor OfTask(Tensor gradients, int task) => gradients.select(0, task).flatten(0, -2);

    private static Tensor Weights(Tensor images, Tensor gradients, Tensor weight, ConvolutionOptions options)
    {
        var (x, w, tasks) = (Layout.ChannelsLast(images), Layout.ChannelsLast(weight), (int)gradients.shape[0]);
        var weights = empty([tasks, weight.numel()], gradients.dtype, gradients.device);
        for (var task = 0; task < tasks; task++)
        {
            using var step = NewDisposeScope();
            var ofTask = ConvolutionBackward.Weights(Layout.ChannelsLast(gradients.select(0, task)), x, w, options);
            weights.select(0, task).copy_(ofTask.flatten());
        }

        return weights;
    }

    private void Take(Tensor rows, Tensor gradients, Trained trained)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        if (trained.Weight)
        {
            given = true;
            Add(rows, gradients, trained.Bias);
        }
        else if (trained.Bias)
        {
            Give(null, gradients.flatten(1, -2).sum(dim: 1));
        }
    }

    private void Give(Tensor? weights, Tensor? biases)
    {
        given = true;
        Add(weights, biases);
    }

    /// <summary>The parameters of a layer that are trained.</summary>
    private readonly record struct Trained(bool Weight, bool Bias)
    {
        public bool Any => Weight || Bias;

        public static Trained Of(Parameter weight, Parameter? bias) => new(weight.requires_grad, bias is { requires_grad: true });
    }
}
