using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Values of T networks side by side: an image is [N, T·C, H, W], rows are [T, N, F].</summary>
public static class PerTask
{
    /// <summary>The same values for each network.</summary>
    /// <param name="shared">[N, C, H, W] or [N, F]</param>
    /// <param name="tasks">T.</param>
    public static Tensor Spread(Tensor shared, int tasks) => shared.dim() == 2 ? shared.expand(tasks, -1, -1) : shared.repeat(1, tasks, 1, 1);

    /// <summary>Images as rows.</summary>
    /// <param name="images">[N, T·C, H, W]</param>
    /// <param name="tasks">T.</param>
    /// <returns>[T, N, C·H·W]</returns>
    public static Tensor Flatten(Tensor images, int tasks) => images.unflatten(1, tasks, -1).transpose(0, 1).flatten(2);

    /// <summary>Normalises rows, each network's by its own statistics.</summary>
    /// <param name="norm">Of T·F features.</param>
    /// <param name="rows">[T, N, F]</param>
    /// <returns>[T, N, F]</returns>
    public static Tensor Rows(BatchNorm1d norm, Tensor rows) => norm.call(rows.transpose(0, 1).flatten(1)).unflatten(1, rows.shape[0], -1).transpose(0, 1);
}
