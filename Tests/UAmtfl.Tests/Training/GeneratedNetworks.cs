using TorchSharp;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Hosting;
using UAmtfl.Numerics;
using UAmtfl.Tests.Hosting;
using UAmtfl.Tests.Training.Weighting;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>Every kind of network that the generator writes: each sharing scheme, layer and weighting, hand-written trunks included.</summary>
internal static class GeneratedNetworks
{
    private static readonly ExperimentDescriptor[] Experiments =
        [Mixed.Descriptor, Separate.Descriptor, Asymmetric.Descriptor, LinearFamily.Descriptor, Balanced.Descriptor, BalancedHeads.Descriptor, Convolved.Descriptor];

    /// <summary>Experiment and variant of each.</summary>
    public static TheoryData<string, string> Names
    {
        get
        {
            var names = new TheoryData<string, string>();
            foreach (var experiment in Experiments)
            {
                foreach (var variant in experiment.Variants.Where(v => IsNetwork(experiment, v)))
                {
                    names.Add(experiment.Name, variant.Name);
                }
            }

            return names;
        }
    }

    /// <summary>The experiment of a name.</summary>
    public static ExperimentDescriptor Experiment(string name) => Experiments.Single(e => e.Name == name);

    /// <summary>Builds one from a seed; its tensors belong to the current dispose scope.</summary>
    public static Variant Create(string experiment, string variant, int seed) => (Variant)Predictor(Experiment(experiment), variant, seed);

    /// <summary>[5, …], inputs as it takes them.</summary>
    public static Tensor Inputs(string experiment, string variant)
    {
        random.manual_seed(4);
        return randn([5, .. Experiment(experiment).Variants.Single(v => v.Name == variant).Input!.Select(d => (long)d)]);
    }

    private static Predictor Predictor(ExperimentDescriptor experiment, string variant, int seed)
    {
        RandomStreams.Start(seed, "initialisation");
        return experiment.Variants.Single(v => v.Name == variant).Bind(Fake.EmptySettings).Create(ones(experiment.Tasks.Count));
    }

    private static bool IsNetwork(ExperimentDescriptor experiment, VariantDescriptor variant)
    {
        using var scope = NewDisposeScope();
        using var predictor = Predictor(experiment, variant.Name, 1);
        return predictor is Variant;
    }
}
