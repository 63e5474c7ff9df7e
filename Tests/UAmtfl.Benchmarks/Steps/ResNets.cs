using TorchSharp;
using UAmtfl.Training;
using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Benchmarks;

/// <summary>ResNet-18 as torchvision has it, whose last layer has an output for each task, with weights that are stored channels-last and
/// the fused optimiser.</summary>
internal sealed class TorchvisionResNet : HandWrittenWay
{
    private readonly nn.Module<Tensor, Tensor> network;

    /// <summary>Builds the network with copies of the given weights.</summary>
    /// <param name="images">The images [N, 3, H, W].</param>
    /// <param name="labels">The labels [N, T].</param>
    /// <param name="weights">The weights of the generated network, by name.</param>
    public TorchvisionResNet(Tensor images, Tensor labels, Dictionary<string, Tensor> weights)
        : base("torchvision, channels last", images, labels, ResNetImages.BatchSize)
    {
        network = torchvision.models.resnet18(num_classes: (int)labels.shape[1]);
        Layout.Placed(network, labels.dtype, CPU);
        using (no_grad())
        {
            foreach (var (path, parameter) in network.named_parameters())
            {
                parameter.copy_(weights[path switch { "fc.weight" => "HeadWeight", "fc.bias" => "HeadBias", _ => $"Trunk.{path}" }]);
            }
        }

        UseFusedAdam([new(Owner.AllTasks, [.. network.parameters()])]);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        network.Dispose();
    }

    /// <inheritdoc/>
    protected override Tensor Objective(Tensor x, Tensor y) => TaskLosses(network.call(x), y).sum();
}
