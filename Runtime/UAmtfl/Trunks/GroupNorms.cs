using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Creates group normalisations and applies them to rows, because TorchSharp's own module leaves its parameters without values
/// and refuses rows.</summary>
public static class GroupNorms
{
    /// <summary>Creates a group normalisation with scale 1 and shift 0.</summary>
    /// <param name="groups">The number of groups.</param>
    /// <param name="channels">The number of channels or features, a multiple of the groups.</param>
    /// <param name="dtype">The type of the parameters.</param>
    /// <param name="device">The device of the parameters.</param>
    public static TorchSharp.Modules.GroupNorm Create(int groups, int channels, ScalarType dtype, Device device)
    {
        var norm = nn.GroupNorm(groups, channels, dtype: dtype, device: device);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        nn.init.ones_(norm.weight!);
        nn.init.zeros_(norm.bias!);
        return norm;
    }

    /// <summary>Normalises groups of features.</summary>
    /// <param name="norm">The normalisation of groups of k features.</param>
    /// <param name="rows">The rows [N, k].</param>
    /// <returns>The normalised rows [N, k].</returns>
    public static Tensor Rows(TorchSharp.Modules.GroupNorm norm, Tensor rows) =>
        nn.functional.group_norm(rows, norm.num_groups, norm.weight, norm.bias, norm.eps);
}
