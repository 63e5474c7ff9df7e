using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>Networks that are one attribute, and what they expand to.</summary>
public sealed class PresetTrunksTests
{
    [Fact]
    public void AResidualNetwork() => TrunksTests.Run("[Input(3, 8, 8), ResNet18(SmallImages = true)]").AssertHas("Net", """
            public Net(torch.ScalarType dtype, torch.Device device) : base("Net")
            {
                Conv1 = torch.nn.Conv2d(3, 64, 3, 1, 1, bias: false, dtype: dtype, device: device);
                register_module("conv1", Conv1);
                Trunks.Parameters.Glorot(Conv1.weight, Conv1.bias);
                Trunks.Layout.ChannelsLast(Conv1.weight);
                BatchNorm1 = torch.nn.BatchNorm2d(64, dtype: dtype, device: device);
                register_module("bn1", BatchNorm1);
                Block1 = new Trunks.BasicBlock(1, 64, 64, 1, dtype, device);
                Trunks.Submodules.Register(this, "layer1.0", Block1);
                Block2 = new Trunks.BasicBlock(1, 64, 64, 1, dtype, device);
                Trunks.Submodules.Register(this, "layer1.1", Block2);
                Block3 = new Trunks.BasicBlock(1, 64, 128, 2, dtype, device);
                Trunks.Submodules.Register(this, "layer2.0", Block3);
                Block4 = new Trunks.BasicBlock(1, 128, 128, 1, dtype, device);
                Trunks.Submodules.Register(this, "layer2.1", Block4);
                Block5 = new Trunks.BasicBlock(1, 128, 256, 2, dtype, device);
                Trunks.Submodules.Register(this, "layer3.0", Block5);
                Block6 = new Trunks.BasicBlock(1, 256, 256, 1, dtype, device);
                Trunks.Submodules.Register(this, "layer3.1", Block6);
                Block7 = new Trunks.BasicBlock(1, 256, 512, 2, dtype, device);
                Trunks.Submodules.Register(this, "layer4.0", Block7);
                Block8 = new Trunks.BasicBlock(1, 512, 512, 1, dtype, device);
                Trunks.Submodules.Register(this, "layer4.1", Block8);
            }

            public static Tensor Prepare(Tensor inputs) => inputs;

            public Tensor Features(Tensor prepared)
            {
                Tensor h = prepared;
                h = Conv1.call(h);   // [N, 64, 8, 8]
                h = BatchNorm1.call(h);   // [N, 64, 8, 8]
                h = F.relu(h);   // [N, 64, 8, 8]
                h = Block1.call(h);   // [N, 64, 8, 8]
                h = Block2.call(h);   // [N, 64, 8, 8]
                h = Block3.call(h);   // [N, 128, 4, 4]
                h = Block4.call(h);   // [N, 128, 4, 4]
                h = Block5.call(h);   // [N, 256, 2, 2]
                h = Block6.call(h);   // [N, 256, 2, 2]
                h = Block7.call(h);   // [N, 512, 1, 1]
                h = Block8.call(h);   // [N, 512, 1, 1]
                h = h.mean([2L, 3L]);   // [N, 512]
                return h;
            }

            public string Export(Onnx.OnnxGraph graph, string h)
            {
                h = Trunks.OnnxLayers.Conv2d(graph, h, Conv1.weight, null, stride: 1, padding: 1);
                h = Trunks.OnnxLayers.BatchNorm(graph, h, BatchNorm1);
                h = graph.Add("Relu", h);
                h = Block1.Export(graph, h);
                h = Block2.Export(graph, h);
                h = Block3.Export(graph, h);
                h = Block4.Export(graph, h);
                h = Block5.Export(graph, h);
                h = Block6.Export(graph, h);
                h = Block7.Export(graph, h);
                h = Block8.Export(graph, h);
                h = graph.Add("Flatten", graph.Add("GlobalAveragePool", h));
                return h;
            }
            """);

    [Fact]
    public void SmallPresets() => TrunksTests.Run("[Input(1, 28, 28), LeNet5(Padding = 2), Mlp(10, 5)]").AssertHas("Net", """
            public Tensor Features(Tensor prepared)
            {
                Tensor h = prepared;
                h = Trunks.Patches.Convolve(h, Conv1.weight, Conv1.bias, 28, 28);   // [N, 6, 28, 28]
                h = h.tanh();   // [N, 6, 28, 28]
                h = F.avg_pool2d(h, 2);   // [N, 6, 14, 14]
                h = Conv2.call(h);   // [N, 16, 10, 10]
                h = h.tanh();   // [N, 16, 10, 10]
                h = F.avg_pool2d(h, 2);   // [N, 16, 5, 5]
                h = h.flatten(1);   // [N, 400]
                h = F.linear(h, Linear1.weight, Linear1.bias);   // [N, 120]
                h = h.tanh();   // [N, 120]
                h = F.linear(h, Linear2.weight, Linear2.bias);   // [N, 84]
                h = h.tanh();   // [N, 84]
                h = F.linear(h, Linear3.weight, Linear3.bias);   // [N, 10]
                h = F.relu(h);   // [N, 10]
                h = F.linear(h, Linear4.weight, Linear4.bias);   // [N, 5]
                h = F.relu(h);   // [N, 5]
                return h;
            }
            """);
}
