using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>T convolutions side by side, one a task, as one grouped convolution.</summary>
public sealed class Conv2dPerTask : nn.Module<Tensor, Tensor>
{
    private readonly int tasks;
    private readonly long[] strides, paddings;

    /// <summary>Draws the weights of one convolution after the other from the current random state, each as a convolution of its own draws them; biases are 0.</summary>
    /// <param name="tasks">T.</param>
    /// <param name="inputs">C.</param>
    /// <param name="channels">O.</param>
    /// <param name="kernel">K.</param>
    /// <param name="stride">Pixels between two positions of the kernel.</param>
    /// <param name="padding">Zero pixels added on each side.</param>
    /// <param name="dtype">The type.</param>
    /// <param name="device">The device.</param>
    public Conv2dPerTask(int tasks, int inputs, int channels, int kernel, int stride, int padding, ScalarType dtype, Device device)
        : base(nameof(Conv2dPerTask))
    {
        this.tasks = tasks;
        (strides, paddings) = ([stride, stride], [padding, padding]);
        Weight = Parameters.SideBySide(tasks, () =>
        {
            using var one = nn.Conv2d(inputs, channels, kernel, stride, padding, dtype: dtype, device: device);
            Parameters.Glorot(one.weight, one.bias);
            return one.weight.clone();
        });
        register_parameter(nameof(Weight), Weight);
        Bias = Parameters.Zeros([tasks * channels], dtype, device);
        register_parameter(nameof(Bias), Bias);
    }

    /// <summary>[T, O, C, K, K]</summary>
    public Parameter Weight { get; }

    /// <summary>[T·O], task after task.</summary>
    public Parameter Bias { get; }

    /// <summary>Applies each convolution to its own task's image.</summary>
    /// <param name="input">[N, T·C, H, W]</param>
    /// <returns>[N, T·O, H', W']</returns>
    public override Tensor forward(Tensor input) => Convolve(input, tasks);

    /// <summary>Applies all convolutions to one image.</summary>
    /// <param name="input">[N, C, H, W], the same for all tasks.</param>
    /// <returns>[N, T·O, H', W']</returns>
    public Tensor First(Tensor input) => Convolve(input, 1);

    /// <summary>Applies all convolutions to the patches of one image.</summary>
    /// <param name="patches">[N, H'·W', C·K²], from <see cref="Patches.Cut"/>.</param>
    /// <param name="height">H'</param>
    /// <param name="width">W'</param>
    /// <returns>[N, T·O, H', W'], channels last in memory.</returns>
    public Tensor FirstOfPatches(Tensor patches, int height, int width) => Patches.Convolve(patches, Weight.flatten(0, 1), Bias, height, width);

    private Tensor Convolve(Tensor input, int groups) =>
        nn.functional.conv2d(input, Weight.flatten(0, 1), Bias, strides, paddings, [1, 1], groups);
}
