using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Trunks.TaskBackward;

/// <summary>Selects the parameters with respect to which the gradients of the tasks are computed, which are those that are
/// trained.</summary>
public static class LayerParameters
{
    /// <summary>Returns the trained parameters of a trunk, or of its last layer, in the order of <c>parameters()</c>.</summary>
    /// <param name="trunk">The modules of the trunk.</param>
    /// <param name="lastLayerOnly">True to select only the last layer's parameters. For a hand-written trunk the last layer is the module
    /// that is registered last among those with trained parameters of their own.</param>
    public static IReadOnlyList<Parameter> Of(IReadOnlyList<nn.Module> trunk, bool lastLayerOnly)
    {
        if (!lastLayerOnly)
        {
            return [.. trunk.SelectMany(m => m.parameters()).Where(p => p.requires_grad)];
        }

        var modules = trunk.SelectMany(m => m.modules().Prepend(m));
        return modules.Select(m => m.parameters(recurse: false).Where(p => p.requires_grad).ToArray()).LastOrDefault(own => own.Length > 0)
            ?? [];
    }
}
