using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Adds the input of layers to their output (He et al. 2016, eq. 1).</summary>
public static class Residual
{
    /// <summary>Returns f(h) + h.</summary>
    /// <param name="layers">The layers f.</param>
    /// <param name="h">The values, of any shape that f keeps.</param>
    public static Tensor Sum(nn.Module<Tensor, Tensor> layers, Tensor h)
    {
        ArgumentNullException.ThrowIfNull(layers);
        return Lasting.Sum(layers.call(h), h);
    }
}
