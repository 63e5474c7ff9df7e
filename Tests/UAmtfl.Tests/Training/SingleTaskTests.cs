using UAmtfl.Data;
using UAmtfl.Tests.Numerics;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>Networks that share nothing, with every kind of layer that has parameters.</summary>
[Experiment("separate", Seeds = 1)]
[Dataset<NoData>]
[Training(Epochs = 1, BatchSize = 8), Adam(1e-2)]
public static partial class Separate
{
    public enum Label
    {
        [Binary] A,
        [Binary] B,
        [Regression] C,
        [Classification(3)] D,
    }

    [Input(2, 9, 9)]
    [Conv2d(4, Kernel = 2, Padding = 1), BatchNorm, ReLU, MaxPool2d(2), Conv2d(3, Kernel = 2, Stride = 2), Tanh, Flatten, Linear(6)]
    [BatchNorm, Sigmoid, Linear(5, Bias = false), ReLU]
    public partial class Net;

    [Input(7), BatchNorm, Linear(4), ReLU]
    public partial class Rows;

    [Input(2, 9, 9), MaxPool2d(3), BatchNorm, Flatten, Linear(4)]
    public partial class Pooled;

    [SingleTask, Network(nameof(Net))]
    public partial class Stl;

    [SingleTask, Network(nameof(Rows)), L1(1e-3)]
    public partial class OnRows;

    [SingleTask, Network(nameof(Pooled))]
    public partial class OnPooled;
}

/// <summary>T networks that are trained in one batched program equal T separate networks.</summary>
public sealed class SingleTaskTests
{
    private static readonly int[] Outputs = [1, 1, 1, 3];

    [Fact]
    public void EqualsSeparateTrainings()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(5);
        var counts = ones(4, dtype: float64);
        using var batched = Separate.Stl.Build(new(), counts);
        var separate = Enumerable.Range(0, 4).Select(t => new OneNet(t, batched.Network)).ToList();
        var plan = Separate.Descriptor.Variants[0].Plan;
        using var together = Trainer.CreateOptimizer(plan, batched);
        var alone = separate.Select(s => new FusedOptimizer(plan, [new(Owner.AllTasks, s.Parameters)])).ToList();
        for (var step = 0; step < 6; step++)
        {
            var inputs = randn(8, 2, 9, 9, dtype: float64);
            var labels = Labels.From(
                cat([rand(8, 3, dtype: float64).gt(0.5).to(float64), randint(0, 3, [8, 1], dtype: float64)], 1)
                    .masked_fill(rand(8, 4) > 0.8, double.NaN),
                [0, 1, 2, 3]);
            together.ZeroGradients();
            batched.Value(batched.Network.Prepare(inputs), labels, out var losses).backward();
            together.Step(0.01);
            for (var t = 0; t < 4; t++)
            {
                alone[t].ZeroGradients();
                var loss = separate[t].Loss(inputs, labels);
                loss.backward();
                alone[t].Step(0.01);
                Assert.Equal(loss.item<double>(), losses[t].item<double>(), 1e-9);
            }
        }

        foreach (var (t, net) in separate.Index())
        {
            Assert.True((net.Trunk.Conv2.weight - batched.Network.Trunks.Conv2.Weight[t]).abs().max().item<double>() < 1e-9);
            Assert.True((net.Trunk.Linear2.weight - batched.Network.Trunks.Linear2.Weight[t]).abs().max().item<double>() < 1e-9);
        }
    }

    public static TheoryData<string> Variants => ["Stl", "OnRows", "OnPooled"];

    /// <summary>The loss of a task has a gradient of exactly zero in the networks of the other tasks.</summary>
    [Theory]
    [MemberData(nameof(Variants))]
    public void GradientsBetweenTasksAreExactlyZero(string name)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(8);   // a seed with which no features are all zero behind a ReLU
        var counts = ones(4);
        using Objective stl = name switch
        {
            "Stl" => Separate.Stl.Build(new(), counts),
            "OnRows" => Separate.OnRows.Build(new(), counts),
            _ => Separate.OnPooled.Build(new(), counts),
        };
        var inputs = name == "OnRows" ? randn(5, 7) : randn(5, 2, 9, 9);
        for (var task = 0; task < 4; task++)
        {
            stl.Network.zero_grad();
            stl.Value(stl.Network.Prepare(inputs), new Labels(zeros(5, 4), Only(task)), out _).backward();
            foreach (var (path, parameter) in stl.Network.named_parameters())
            {
                var gradient = parameter.grad!;
                var own = path.StartsWith("Head", StringComparison.Ordinal)
                    ? Heads(gradient, task)
                    : gradient.reshape(4, -1)[task].abs().sum().item<float>();
                Assert.True(own > 0 || path.EndsWith("bias", StringComparison.OrdinalIgnoreCase), $"{path} of task {task}");
                Assert.Equal(own, gradient.abs().sum().item<float>(), own * 1e-5f);
                Assert.Equal(
                    path.StartsWith("Head", StringComparison.Ordinal) ? Outputs[task] : 1,
                    gradient.abs().reshape(path.StartsWith("Head", StringComparison.Ordinal) ? 6 : 4, -1).sum(1).gt(0).sum().item<long>(),
                    path.EndsWith("bias", StringComparison.OrdinalIgnoreCase) ? 1.0 : 0.0);
            }
        }
    }

    /// <summary>If each row has the label of one task, a row has a gradient only in the network of its own task.</summary>
    [Fact]
    public void AllRowsOfATaskReachItsNetworkAlone()
    {
        using var scope = NewDisposeScope();
        using var stl = RowsOfTasks.Stl.Build(new(), tensor(new[] { 3f, 1f, 2f }));
        stl.Value(randn(4, 3), new Labels(randn(4), null, tensor(new long[] { 0, 2, 2, 0 })), out var losses).backward();
        var weight = stl.Network.Trunks.Linear1.Weight.grad!.abs().sum([1L, 2L]);
        Assert.Equal(0, weight[1].item<float>());
        Assert.True(weight[0].item<float>() > 0 && weight[2].item<float>() > 0);
        Assert.Equal(0, losses[1].item<float>());
    }

    private static Tensor Only(int task)
    {
        var mask = zeros(5, 4);
        mask[.., task] = 1;
        return mask;
    }

    private static float Heads(Tensor gradient, int task) => gradient.narrow(0, task, Outputs[task]).abs().sum().item<float>();

    /// <summary>The network of one task by itself, with copies of its weights from the batched networks.</summary>
    private sealed class OneNet
    {
        private readonly int task;
        private readonly Tensor head, bias;

        public OneNet(int task, Separate.Stl.Network all)
        {
            this.task = task;
            Trunk = new(float64, CPU);
            using var frozen = no_grad();
            foreach (var (path, parameter) in Trunk.named_parameters())
            {
                var source = all.Trunks.named_parameters().Single(p => p.name.Equals(path, StringComparison.OrdinalIgnoreCase)).parameter;
                parameter.set_(source.reshape([4, .. parameter.shape])[task].clone());
            }

            head = all.HeadWeight.narrow(0, task, Outputs[task]).detach().clone().requires_grad_();
            bias = all.HeadBias.narrow(0, task, Outputs[task]).detach().clone().requires_grad_();
        }

        public Separate.Net Trunk { get; }

        public IReadOnlyList<Tensor> Parameters => [.. Trunk.parameters(), head, bias];

        public Tensor Loss(Tensor inputs, Labels labels)
        {
            var outputs = nn.functional.linear(Trunk.call(inputs), head, bias);
            var own = labels.Tasks(task, 1);
            return (
                task < 2
                    ? global::UAmtfl.Losses.Loss.Binary(outputs, own) : task == 2 ? global::UAmtfl.Losses.Loss.Squared(outputs, own)
                    : global::UAmtfl.Losses.Loss.Softmax(outputs.unsqueeze(1), own)).sum();
        }
    }
}
