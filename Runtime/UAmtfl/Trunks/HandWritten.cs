using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Calls of modules that others wrote, with the checks that generated layers do not need.</summary>
public static class HandWritten
{
    /// <summary>The features that the module of a trunk computes.</summary>
    /// <param name="module">The module.</param>
    /// <param name="prepared">[N, …], the inputs. The module gets a handle of its own and may dispose of it.</param>
    /// <param name="size">k, how many features are declared.</param>
    /// <param name="trunk">The trunk's name, for messages.</param>
    /// <returns>Z [N, k], in the type of the inputs.</returns>
    /// <exception cref="UAmtflException">The module fails, or what it gives has another shape or type.</exception>
    /// <exception cref="UntrainableException">Gradients are recorded, but the features carry none,
    /// although parameters of the module are trained.</exception>
    public static Tensor Features(nn.Module<Tensor, Tensor> module, Tensor prepared, int size, string trunk)
    {
        var features = Checked(Call(module, prepared, trunk), size, trunk);
        if (prepared.is_floating_point() && features.dtype != prepared.dtype)
        {
            throw new UAmtflException(
                $"the module of trunk {trunk} gave {features.dtype}, but its inputs are {prepared.dtype}: "
                    + "end its forward with .to(input.dtype)");
        }

        if (!features.requires_grad
            && module.training
            && is_grad_enabled()
            && module.parameters().Count(p => p.requires_grad) is > 0 and var trained)
        {
            throw new UntrainableException(
                $"its features carry no gradient, but {trained} of its parameters are to be trained: "
                    + "take no_grad() and detach() out of its forward, or set requires_grad = false where it is meant to stay as it is");
        }

        return features;
    }

    /// <summary>The output of a module, if it is a row of so many features a sample.</summary>
    /// <param name="features">What the module gave.</param>
    /// <param name="size">What was declared.</param>
    /// <param name="trunk">The trunk's name.</param>
    /// <exception cref="UAmtflException">The shape is another.</exception>
    internal static Tensor Checked(Tensor features, int size, string trunk)
    {
        var shape = features.shape;
        return shape.Length == 2 && shape[1] == size
            ? features
            : throw new UAmtflException(
                $"the module of trunk {trunk} gave shape [{string.Join(", ", shape)}], but [Trunk<…>({size})] declares [N, {size}]: "
                    + "change one of the two");
    }

    private static Tensor Call(nn.Module<Tensor, Tensor> module, Tensor prepared, string trunk)
    {
        try
        {
            return module.call(prepared.alias());
        }
        catch (Exception e) when (e is not (UAmtflException or OutOfMemoryException or OperationCanceledException))
        {
            var reason = e.Message.Trim().Split('\n')[0];
            var remedy = reason.Contains("view size is not compatible", StringComparison.Ordinal)
                ? " (the images of a convolution lie channels last: use flatten or reshape in place of view)"
                : "";
            throw new UAmtflException($"the module of trunk {trunk} failed: {reason}{remedy}", e);
        }
    }
}
