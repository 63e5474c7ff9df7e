using CsCheck;
using UAmtfl.Trunks;
using UAmtfl.Weighting;
using static TorchSharp.torch;
using static UAmtfl.Testing.LossWeightingToys;

namespace UAmtfl.Testing;

/// <summary>Properties of every loss-based weighting. A test class derives from this one and creates the weighting.</summary>
public abstract class LossWeightingProperties
{
    /// <summary>Creates the weighting for as many tasks as there are preferences.</summary>
    /// <param name="preference">A number above 0 for each task, which a weighting with preferences uses.</param>
    protected abstract LossWeighting Create(double[] preference);

    /// <summary>The powers of ten between which the losses of one batch may lie.</summary>
    protected virtual (double Smallest, double Largest) Powers => (-10, 15);

    /// <summary>True if the weights depend only on the losses, and are not random.</summary>
    protected virtual bool Determined => true;

    /// <summary>True if a task without a label does not change the weights of the others; false if weights are scaled by the number of
    /// tasks.</summary>
    protected virtual bool KeepsScale => true;

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void ValueAndWeightsAreFiniteAtAnyScale(ScalarType dtype)
    {
        foreach (var (losses, preference) in Cases(1, Gen.Double[Powers.Smallest, Powers.Largest]))
        {
            using var scope = NewDisposeScope();
            var weighting = Layout.Placed(Create(preference), dtype, CPU);
            for (var epoch = 0; epoch < 4; epoch++)
            {
                using var input = tensor([.. losses.Select(p => Math.Pow(10, p))], dtype, requires_grad: true);
                Check(weighting, input);
                using var frozen = no_grad();
                (weighting as ILossesAfterStep)?.StepEnded(input);
                weighting.EpochEnded(input);
            }
        }

        static void Check(LossWeighting weighting, Tensor input)
        {
            var value = weighting.call(input);
            Assert.True(value.isfinite().item<bool>());
            Assert.Empty(value.shape);
            Assert.True(autograd.grad([value], [input])[0].isfinite().all().item<bool>());
        }
    }

    [Fact]
    public void TasksInAnotherOrderHaveTheSameWeights()
    {
        foreach (var (powers, preference) in Cases(2, Gen.Double[-2, 2]).Where(_ => Determined))
        {
            int[] order = [.. Enumerable.Range(0, powers.Length).Reverse().OrderBy(t => t % 2)];
            double[] permuted(double[] values) => [.. order.Select(t => values[t])];
            var (plain, other) = (Double(Create(preference)), Double(Create(permuted(preference))));
            foreach (var losses in Training(powers))
            {
                Near(permuted(plain.Weights(losses)), other.Weights(permuted(losses)), 1e-10);
                Advance(plain, losses);
                Advance(other, permuted(losses));
            }
        }
    }

    /// <summary>A task without a label, here the last, has the loss 0 and no gradient. The others have the weights that they have without
    /// it, up to a common factor if weights are scaled by T.</summary>
    [Fact]
    public void ATaskWithoutALabelDisturbsNone()
    {
        foreach (var (powers, preference) in Cases(3, Gen.Double[-2, 2]).Where(c => c.Powers.Length > 1))
        {
            var (all, others) = (Double(Create(preference)), Double(Create(preference[..^1])));
            foreach (var losses in Training(powers))
            {
                var (gradient, own) = Gradients(all, [.. losses[..^1], 0]);
                Assert.Equal(0, gradient[^1]);
                Assert.All(own, g => Assert.Equal(0, g[^1]));
                Assert.All(gradient, g => Assert.True(double.IsFinite(g)));
                if (Determined)
                {
                    var expected = Gradients(others, losses[..^1]).Losses;
                    Near(KeepsScale ? expected : Unit(expected), KeepsScale ? gradient[..^1] : Unit(gradient[..^1]), 1e-10);
                }

                Advance(all, [.. losses[..^1], 0], double.NaN);
                Advance(others, losses[..^1]);
            }
        }
    }

    [Fact]
    public void ABatchWithoutAnyLabelChangesNothing()
    {
        var weighting = Double(Create([0.2, 0.3, 0.5]));
        foreach (var losses in Training([0.1, -0.2, 0.3]))
        {
            var (gradient, own) = Gradients(weighting, [0, 0, 0]);
            Near([0, 0, 0], gradient, 0);
            Assert.All(own, g => Near([0, 0, 0], g, 0));
            Assert.True(double.IsFinite(weighting.Value(0, 0, 0)));
            weighting.Value(losses);
            Advance(weighting, losses);
        }
    }

    [Fact]
    public void OneTaskAloneDescendsItsLoss()
    {
        foreach (var (powers, _) in Cases(4, Gen.Double[-3, 3]))
        {
            var weighting = Double(Create([1]));
            foreach (var losses in Training(powers[..1]))
            {
                var weight = Assert.Single(weighting.Weights(losses));
                Assert.True(weight > 0 && double.IsFinite(weight), $"The weight is {weight}.");
                Advance(weighting, losses);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void ALossThatIsNoNumberIsSeen(int task)
    {
        var weighting = Double(Create([0.2, 0.3, 0.5]));
        foreach (var losses in Training([0.1, -0.2, 0.3]))
        {
            double[] broken = [.. losses];
            broken[task] = double.NaN;
            var copy = Double(Create([0.2, 0.3, 0.5]));
            copy.GoOnFrom(weighting);
            Assert.True(double.IsNaN(copy.Value(broken)));
            weighting.Value(losses);
            Advance(weighting, losses);
        }
    }

    /// <summary>A weighting that loads a state saved after some steps continues with the same bits.</summary>
    [Fact]
    public void StateIsSavedAndLoadedBitForBit()
    {
        random.manual_seed(5);
        var weighting = Double(Create([0.2, 0.3, 0.5]));
        foreach (var losses in Training([0.1, -0.2, 0.3]).Append([0.3, 0.4, 0.2]))
        {
            random.manual_seed(6);
            var fresh = Double(Create([0.2, 0.3, 0.5]));
            fresh.GoOnFrom(weighting);
            foreach (var next in Training([0.4, -0.1, 0.2]).Append(losses))
            {
                Assert.Equal(weighting.Weights(next), fresh.Weights(next));
                Advance(weighting, next);
                Advance(fresh, next);
            }

            Assert.Equal(weighting.state_dict().Keys, fresh.state_dict().Keys);
            Assert.All(weighting.state_dict(), s => Assert.Equal(s.Value.bytes.ToArray(), fresh.state_dict()[s.Key].bytes.ToArray()));
        }
    }

    /// <summary>Draws powers of ten and as many preferences, the same in every run.</summary>
    private static IEnumerable<(double[] Powers, double[] Preference)> Cases(uint seed, Gen<double> power)
    {
        var (source, cases) = (new PCG(seed, 42), Gen.Select(power, Gen.Double[0.1, 1]).Array[1, 6]);
        for (var i = 0; i < 40; i++)
        {
            random.manual_seed(i);
            var drawn = cases.Generate(source, null, out _);
            yield return ([.. drawn.Select(d => d.Item1)], [.. drawn.Select(d => d.Item2)]);
        }
    }

    /// <summary>Losses of four steps, which fall at different rates.</summary>
    private static IEnumerable<double[]> Training(double[] powers)
        => Enumerable.Range(0, 4).Select(k => powers.Select((p, t) => Math.Pow(10, p) * Math.Pow(0.95 - (0.1 * t), k)).ToArray());

    /// <summary>Ends a step and an epoch of one batch. A forward pass must come before.</summary>
    private static void Advance(LossWeighting weighting, double[] losses, double meanWithoutLabel = 0)
    {
        (weighting as ILossesAfterStep)?.EndStep([.. losses.Select(l => l * (0.8 + (0.1 / (1 + l))))]);
        weighting.EndEpoch([.. losses.Select(l => l == 0 ? meanWithoutLabel : l)]);
    }

    /// <summary>The gradients with respect to θ, where each loss is exp θ or, without a label, 0 · exp θ, and to the weighting's own
    /// parameters.</summary>
    private static (double[] Losses, double[][] Own) Gradients(LossWeighting weighting, double[] losses)
    {
        using var scope = NewDisposeScope();
        double[] present = [.. losses.Select(l => l == 0 ? 0.0 : 1)];
        var theta = tensor([.. losses.Select(l => l == 0 ? 0.0 : Math.Log(l))], requires_grad: true);
        TorchSharp.Modules.Parameter[] own = [.. weighting.parameters()];
        var gradients = autograd.grad([weighting.Combine(theta.exp() * tensor(present), Present(losses))], [theta, .. own]);
        return (Numbers(gradients[0]), [.. gradients.Skip(1).Select(Numbers)]);
    }

    private static double[] Unit(double[] values)
    {
        var norm = Math.Sqrt(values.Sum(v => v * v));
        return [.. values.Select(v => v / norm)];
    }
}
