using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Trunks.TaskBackward;

/// <summary>The parameters that the tasks' gradients are taken with respect to: those that are trained.</summary>
public static class LayerParameters
{
    /// <summary>The parameters of a trunk, in the order of <c>parameters()</c>, or those of its last layer.</summary>
    /// <param name="trunk">The trunk.</param>
    /// <param name="lastLayerOnly">True to take the last layer's alone: of a hand-written module, those of the module that it
    /// registers last among those with parameters of their own.</param>
    public static IReadOnlyList<Parameter> Of(nn.Module trunk, bool lastLayerOnly)
    {
        if (!lastLayerOnly)
        {
            return [.. trunk.parameters().Where(p => p.requires_grad)];
        }

        IEnumerable<nn.Module> modules = [trunk, .. trunk.modules()];
        return modules.Select(m => m.parameters(recurse: false).Where(p => p.requires_grad).ToArray()).LastOrDefault(own => own.Length > 0)
            ?? [];
    }
}
