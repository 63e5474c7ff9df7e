using TorchSharp;
using UAmtfl.Trunks;
using static TorchSharp.torch;
using static UAmtfl.Tests.Training.Architectures.ArchitectureCase;

namespace UAmtfl.Tests.Training.Architectures;

/// <summary>The gates of DSelect-k, which are the same for all samples or read each one.</summary>
public sealed class SelectorTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    /// <summary>The smooth step is ½ at 0 and .84375 at γ/4, and is exactly 0 and 1 outside of ±γ/2.</summary>
    [Fact]
    public void TheSmoothStepMeetsItsReferenceValues()
    {
        using var code = new SelectorCode(3, 0.5, float64, CPU);
        double[] expected = [0.5, 0.84375, 0.15625, 1, 0, 1, 0];
        var actual = code.SmoothStep(tensor(new[] { 0, 0.125, -0.125, 0.25, -0.25, 7, -7 }));
        Assert.All(expected.Zip(actual.data<double>()), pair => Assert.Equal(pair.First, pair.Second, 1e-15));
    }

    /// <summary>Codes of zeros give each of three experts a quarter, so that a quarter is lost to the code of none; codes beyond the steps
    /// select one expert, whose entropy is 0.</summary>
    [Fact]
    public void CodesSelectExperts()
    {
        using var gates = new DSelectGates(2, 3, 2, 1, float64, CPU);
        Set(gates.Codes, zeros_like(gates.Codes));
        Assert.All(gates.Shares().data<double>().ToArray(), share => Assert.Equal(0.25, share, 1e-15));
        Assert.Equal((4 * (0.75 * Math.Log(4))) + (4 / 0.75), gates.Entropy().item<double>(), 1e-12);
        Set(gates.Codes, tensor(new[] { -1.0, 1, 1, -1, -1, -1, -1, 1 }).view(2, 2, 2));   // experts 2, 1, 0, 2
        Assert.Equal([0.0, 0.5, 0.5, 0.5, 0, 0.5], gates.Weights().data<double>().ToArray());
        Assert.Equal(4, gates.Entropy().item<double>(), 1e-9);
    }

    /// <summary>The entropy is a term of the objective: its gradient reaches the codes, scaled with its strength.</summary>
    [Fact]
    public void TheEntropyActs()
    {
        var network = Build(() => new AllArchitectures.Selected.Network(float64, CPU));
        var (without, with) = (Codes(0), Codes(2));
        network.Gates.Codes.grad = null;
        (network.Gates.Entropy() + network.Gates.Entropy()).backward();
        Close(with - without, network.Gates.Codes.grad!);
        Assert.True((with - without).abs().max().item<double>() > 1e-6);

        Tensor Codes(double strength)
        {
            network.zero_grad();
            using var objective = new AllArchitectures.Selected.Objective(network, new() { Entropy = strength }, Counts);
            objective.Value(network.Prepare(Images()), Labels(), out _).backward();
            return network.Gates.Codes.grad!.clone();
        }
    }

    /// <summary>Gates that read samples, with weights of 0 for all that they read, are the gates whose codes are the biases.</summary>
    [Fact]
    public void WithoutWeightsEachSampleHasTheSameGates()
    {
        using var same = new DSelectGates(2, 3, 2, 1, float64, CPU);
        using var read = new DSelectSampleGates(2, 3, 2, 1, 5, float64, CPU);
        Set(read.Weight, zeros_like(read.Weight));
        Set(same.Selectors, tensor(new[] { 0.3, -1, 2, 0.5 }).view(2, 2));
        Set(read.Bias, cat([same.Codes, same.Selectors.unsqueeze(2)], 2));
        var (input, experts) = (randn([7, 5], dtype: float64), randn([3, 7, 4], dtype: float64));
        Close(same.Mix(experts), read.Mix(input, experts));
        Close(same.Entropy(), read.Entropy());
    }

    /// <summary>z_t = Σ_k softmax(A_t x + a_t)_k Σ_e r_e(Z_tk x + c_tk) x_e for each sample, written out.</summary>
    [Fact]
    public void EachSampleSelectsByWhatItReads()
    {
        using var gates = new DSelectSampleGates(2, 3, 2, 1, 5, float64, CPU);
        Draw(gates.Weight);
        Draw(gates.Bias);
        var (input, experts) = (randn([7, 5], dtype: float64) / 4, randn([3, 7, 4], dtype: float64));
        var features = gates.Mix(input, experts);
        double entropy = 0;
        for (var n = 0; n < 7; n++)
        {
            for (var t = 0; t < 2; t++)
            {
                var logits = gates.Weight[t].matmul(input[n]) + gates.Bias[t];   // [k, m + 1]
                var weights = nn.functional.softmax(logits.select(1, 2), 0);
                var expected = zeros(4, dtype: float64);
                for (var k = 0; k < 2; k++)
                {
                    var (low, high) = (Step(logits[k, 0].item<double>()), Step(logits[k, 1].item<double>()));
                    double[] shares = [(1 - low) * (1 - high), low * (1 - high), (1 - low) * high];
                    for (var e = 0; e < 3; e++)
                    {
                        expected += weights[k] * shares[e] * experts[e, n];
                        entropy -= shares[e] * Math.Log(Math.Max(shares[e], 1e-12));
                    }

                    entropy += 1 / shares.Sum();
                }

                Close(expected, features[t, n]);
            }
        }

        Assert.Equal(entropy / 7, gates.Entropy().item<double>(), 1e-10);

        static double Step(double z) => z <= -0.5 ? 0 : z >= 0.5 ? 1 : (-2 * z * z * z) + (1.5 * z) + 0.5;
    }

    /// <summary>The entropy of gates that read samples moves the gates, and not the layers that they read.</summary>
    [Fact]
    public void TheEntropyOfSamplesReachesOnlyTheGates()
    {
        var network = Build(() => new AllArchitectures.SelectedSamples.Network(float64, CPU));
        network.Forward(network.Prepare(Images()));
        network.Gates.Entropy().backward();
        Assert.True(network.Gates.Weight.grad!.abs().max().item<double>() > 1e-6);
        Assert.All(network.Trunk.parameters(), p => Assert.Null(p.grad));
        network.eval();
        network.Forward(network.Prepare(Images()));
        Assert.Throws<InvalidOperationException>(() => network.Gates.Entropy());
    }
}
