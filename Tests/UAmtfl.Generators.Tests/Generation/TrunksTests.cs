using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>The generated code of every layer, in a trunk that all tasks share.</summary>
public sealed class TrunksTests
{
    [Fact]
    public void EveryLayer() => Run("""
            [Input(3, 16, 16), Conv2d(4, Kernel = 3, Stride = 2, Padding = 1), BatchNorm, ReLU, AvgPool2d(2)]
            [Conv2d(6, Kernel = 2), Tanh, MaxPool2d(2), Dropout(0.25)]
            [Flatten, Linear(16), BatchNorm, Sigmoid]
            """)
        .AssertHas("Net", """
            public Net(torch.ScalarType dtype, torch.Device device) : base("Net")
            {
                Conv1 = torch.nn.Conv2d(3, 4, 3, 2, 1, dtype: dtype, device: device);
                register_module("Conv1", Conv1);
                Trunks.Parameters.Glorot(Conv1.weight, Conv1.bias);
                BatchNorm1 = torch.nn.BatchNorm2d(4, dtype: dtype, device: device);
                register_module("BatchNorm1", BatchNorm1);
                Conv2 = torch.nn.Conv2d(4, 6, 2, 1, 0, dtype: dtype, device: device);
                register_module("Conv2", Conv2);
                Trunks.Parameters.Glorot(Conv2.weight, Conv2.bias);
                Trunks.Layout.ChannelsLast(Conv2.weight);
                Dropout1 = torch.nn.Dropout(0.25);
                register_module("Dropout1", Dropout1);
                Linear1 = torch.nn.Linear(6, 16, dtype: dtype, device: device);
                register_module("Linear1", Linear1);
                Trunks.Parameters.FanIn(Linear1.weight, Linear1.bias);
                BatchNorm2 = torch.nn.BatchNorm1d(16, dtype: dtype, device: device);
                register_module("BatchNorm2", BatchNorm2);
            }

            public Modules.Conv2d Conv1 { get; }   // [N, 3, 16, 16] → [N, 4, 8, 8]

            public Modules.BatchNorm2d BatchNorm1 { get; }   // [N, 4, 8, 8] → [N, 4, 8, 8]

            public Modules.Dropout Dropout1 { get; }   // [N, 6, 1, 1] → [N, 6, 1, 1]

            public Modules.Linear Linear1 { get; }   // [N, 6] → [N, 16]

            public static Tensor Prepare(Tensor inputs) => Trunks.Patches.Cut(inputs, kernel: 3, stride: 2, padding: 1);

            public Tensor Features(Tensor prepared)
            {
                Tensor h = prepared;
                h = Trunks.Patches.Convolve(h, Conv1.weight, Conv1.bias, 8, 8);   // [N, 4, 8, 8]
                h = BatchNorm1.call(h);   // [N, 4, 8, 8]
                h = F.relu(h);   // [N, 4, 8, 8]
                h = F.avg_pool2d(h, 2);   // [N, 4, 4, 4]
                h = Conv2.call(h);   // [N, 6, 3, 3]
                h = h.tanh();   // [N, 6, 3, 3]
                h = F.max_pool2d(h, 2);   // [N, 6, 1, 1]
                h = Dropout1.call(h);   // [N, 6, 1, 1]
                h = h.flatten(1);   // [N, 6]
                h = F.linear(h, Linear1.weight, Linear1.bias);   // [N, 16]
                h = BatchNorm2.call(h);   // [N, 16]
                h = h.sigmoid();   // [N, 16]
                return h;
            }

            public override Tensor forward(Tensor input) => Features(Prepare(input));

            public string Export(Onnx.OnnxGraph graph, string h)
            {
                h = Trunks.OnnxLayers.Conv2d(graph, h, Conv1.weight, Conv1.bias, stride: 2, padding: 1);
                h = Trunks.OnnxLayers.BatchNorm(graph, h, BatchNorm1);
                h = graph.Add("Relu", h);
                h = Trunks.OnnxLayers.Pool2d(graph, "AveragePool", h, 2);
                h = Trunks.OnnxLayers.Conv2d(graph, h, Conv2.weight, Conv2.bias, stride: 1, padding: 0);
                h = graph.Add("Tanh", h);
                h = Trunks.OnnxLayers.Pool2d(graph, "MaxPool", h, 2);
                h = graph.Add("Flatten", h);
                h = graph.Linear(h, Linear1.weight, Linear1.bias);
                h = Trunks.OnnxLayers.BatchNorm(graph, h, BatchNorm2);
                h = graph.Add("Sigmoid", h);
                return h;
            }
            """)
        .AssertHas("Mtl.Network", """
            public override string Export(Onnx.OnnxGraph graph, string inputs, Tasks.TaskSet tasks) =>
                graph.Linear(Trunk.Export(graph, inputs), HeadWeight, HeadBias);
            """)
        .AssertHas("Mtl.Network", """
            public override Tensor Prepare(Tensor inputs) => Study.Net.Prepare(inputs);

            public override double PreparedSize => 2.25;
            """);

    /// <summary>The other layers, with the options that have defaults.</summary>
    [Fact]
    public void EveryFurtherLayer() => Run("""
            [Input(3, 16, 16), MaxPool2d(3, Stride = 2, Padding = 1), AvgPool2d(2, Stride = 2), AvgPool2d(3, Stride = 1, Padding = 1)]
            [GroupNorm(3), LeakyReLU(0.2), AdaptiveAvgPool2d(2), GELU, GlobalAvgPool, LayerNorm, SiLU]
            """)
        .AssertHas("Net", """
            public Net(torch.ScalarType dtype, torch.Device device) : base("Net")
            {
                GroupNorm1 = Trunks.GroupNorms.Create(3, 3, dtype, device);
                register_module("GroupNorm1", GroupNorm1);
                LayerNorm1 = torch.nn.LayerNorm(3, dtype: dtype, device: device);
                register_module("LayerNorm1", LayerNorm1);
            }

            public Modules.GroupNorm GroupNorm1 { get; }   // [N, 3, 4, 4] → [N, 3, 4, 4]

            public Tensor Features(Tensor prepared)
            {
                Tensor h = prepared;
                h = F.max_pool2d(h, 3, 2, 1);   // [N, 3, 8, 8]
                h = F.avg_pool2d(h, 2);   // [N, 3, 4, 4]
                h = F.avg_pool2d(h, 3, 1, 1);   // [N, 3, 4, 4]
                h = GroupNorm1.call(h);   // [N, 3, 4, 4]
                h = h.leaky_relu(Numerics.Lasting.Number(0.2));   // [N, 3, 4, 4]
                h = F.adaptive_avg_pool2d(h, 2);   // [N, 3, 2, 2]
                h = h.gelu();   // [N, 3, 2, 2]
                h = h.mean([2L, 3L]);   // [N, 3]
                h = LayerNorm1.call(h);   // [N, 3]
                h = h.silu();   // [N, 3]
                return h;
            }

            public string Export(Onnx.OnnxGraph graph, string h)
            {
                h = Trunks.OnnxLayers.Pool2d(graph, "MaxPool", h, 3, 2, 1);
                h = Trunks.OnnxLayers.Pool2d(graph, "AveragePool", h, 2);
                h = Trunks.OnnxLayers.Pool2d(graph, "AveragePool", h, 3, 1, 1);
                h = Trunks.OnnxLayers.GroupNorm(graph, h, GroupNorm1, images: true);
                h = graph.Add("LeakyRelu", h, ("alpha", 0.2));
                h = Trunks.OnnxLayers.AdaptiveAvgPool2d(graph, h, 2, 4, 4);
                h = Trunks.OnnxLayers.Gelu(graph, h);
                h = graph.Add("Flatten", graph.Add("GlobalAveragePool", h));
                h = Trunks.OnnxLayers.LayerNorm(graph, h, LayerNorm1);
                h = graph.Add("Mul", [h, graph.Add("Sigmoid", h)]);
                return h;
            }
            """);

    [Fact]
    public void ALinearLayerWithoutBias() => Run("[Input(4), Linear(8, Bias = false)]").AssertHas("Net", """
        public Net(torch.ScalarType dtype, torch.Device device) : base("Net")
        {
            Linear1 = torch.nn.Linear(4, 8, hasBias: false, dtype: dtype, device: device);
            register_module("Linear1", Linear1);
            Trunks.Parameters.FanIn(Linear1.weight, Linear1.bias);
        }

        public Tensor Features(Tensor prepared)
        {
            Tensor h = prepared;
            h = F.linear(h, Linear1.weight);   // [N, 8]
            return h;
        }
        """);

    [Fact]
    public void ConvolutionsWithOptions() => Run(
            "[Input(4, 9, 9), Conv2d(8, Bias = false, Dilation = 2), Conv2d(8, Groups = 2, Padding = 1), Conv2d(8, Groups = 8), Flatten]")
        .AssertHas("Net", """
            public static Tensor Prepare(Tensor inputs) => Trunks.Patches.Cut(inputs, kernel: 3, stride: 1, padding: 0, dilation: 2);

            public Tensor Features(Tensor prepared)
            {
                Tensor h = prepared;
                h = Trunks.Patches.Convolve(h, Conv1.weight, null, 5, 5);   // [N, 8, 5, 5]
                h = Conv2.call(h);   // [N, 8, 5, 5]
                h = Trunks.SingleChannel.Grouped(h, Conv3.weight.unflatten(0, 8, -1), Conv3.bias, 1, 0);   // [N, 8, 3, 3]
                h = h.flatten(1);   // [N, 72]
                return h;
            }
            """);

    /// <summary>A preset is generated as its layers, which are registered under the names of torchvision.</summary>
    [Fact]
    public void NoLayersAtAll() => Run("[Input(4)]").AssertHas("Net", """
        public Net(torch.ScalarType dtype, torch.Device device) : base("Net")
        {
        }

        public static Tensor Prepare(Tensor inputs) => inputs;

        public Tensor Features(Tensor prepared)
        {
            return prepared;   // the inputs themselves: heads on them are linear models
        }

        public override Tensor forward(Tensor input) => Features(Prepare(input));
        """);

    [Fact]
    public void AModuleOfOnesOwn() => Run("[Input(4), Trunk<Perceptron>(4)]").AssertHas("Net", """
        public Net(torch.ScalarType dtype, torch.Device device) : base("Net")
        {
            Module = Trunks.Layout.Placed(new Perceptron(), dtype, device);
            register_module("Module", Module);
        }

        public Perceptron Module { get; }   // [N, 4] → [N, 4]

        /// <summary>What a hand-written module does first is its own affair: the inputs themselves.</summary>
        public static Tensor Prepare(Tensor inputs) => inputs;

        public Tensor Features(Tensor prepared) => Trunks.HandWritten.Features(Module, prepared, 4, "Net");

        public override Tensor forward(Tensor input) => Features(input);
        """)
        .AssertHas("Mtl.Network", """
            public override string Export(Onnx.OnnxGraph graph, string inputs, Tasks.TaskSet tasks) =>
                throw Trunks.HandWritten.NotExported<Perceptron>("Net");
            """);

    /// <summary>A stack of trunks is generated only if a variant trains one trunk for each task.</summary>
    internal static GeneratorRun Run(string layers, string sharing = "HardSharing") =>
        GeneratorRun.Clean(
            Declaration.Of(trunks: $"{layers} public partial class Net;", variants: $"[{sharing}] public partial class Mtl;"));
}
