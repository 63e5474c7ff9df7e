using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Calls modules that the user or a third party wrote, with checks that generated layers do not need.</summary>
public static class HandWritten
{
    /// <summary>Computes the features of a trunk by its module.</summary>
    /// <param name="module">The module.</param>
    /// <param name="prepared">The inputs [N, …]. The module gets a handle of its own, which it may dispose of.</param>
    /// <param name="size">The number k of features that the trunk declares.</param>
    /// <param name="trunk">The name of the trunk, for messages.</param>
    /// <returns>The features Z [N, k], in the type of the inputs.</returns>
    /// <exception cref="UAmtflException">The module fails, or its result has another shape or type.</exception>
    /// <exception cref="UntrainableException">The features carry no gradient, although gradients are recorded and parameters of the module
    /// are trained.</exception>
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

    /// <summary>Returns the error for a network that cannot be exported, because nobody but its module knows what it computes.</summary>
    /// <typeparam name="TModule">The type of the module.</typeparam>
    /// <param name="trunk">The name of the trunk.</param>
    public static UAmtflException NotExported<TModule>(string trunk)
        where TModule : nn.Module<Tensor, Tensor> => new(
        $"trunk {trunk} is a module of your own, {typeof(TModule)}, whose operators are unknown: "
            + "export a variant whose trunk is declared by layers, or write the trunk as layers");

    /// <summary>Returns the output of a module, or throws if it does not have the declared number of features for each sample.</summary>
    /// <param name="features">The output of the module.</param>
    /// <param name="size">The declared number of features.</param>
    /// <param name="trunk">The name of the trunk, for messages.</param>
    /// <exception cref="UAmtflException">The output has another shape.</exception>
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
