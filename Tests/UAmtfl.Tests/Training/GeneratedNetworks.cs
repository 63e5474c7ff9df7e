using UAmtfl.Descriptors;
using UAmtfl.Numerics;
using UAmtfl.Tests.Numerics.Layers;
using UAmtfl.Tests.Training.Architectures;
using UAmtfl.Tests.Training.Weighting;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>Every kind of network that the generator writes: with each sharing scheme, layer and weighting, and with hand-written
/// trunks.</summary>
internal static class GeneratedNetworks
{
    private static readonly ExperimentDescriptor[] Experiments =
        [
            Mixed.Descriptor, Separate.Descriptor, Asymmetric.Descriptor, LinearFamily.Descriptor, Balanced.Descriptor,
            BalancedHeads.Descriptor, BalancedLosses.Descriptor, Convolved.Descriptor, AllArchitectures.Descriptor,
            LayerNetworks.Descriptor, Augmented.Descriptor,
        ];

    /// <summary>The experiment and the variant of each network; those on request are for limit cases alone.</summary>
    public static TheoryData<string, string> Names
    {
        get
        {
            var names = new TheoryData<string, string>();
            foreach (var experiment in Experiments)
            {
                foreach (var variant in experiment.Variants.Where(v => !v.OnRequest && Bound(v) is BoundNetwork))
                {
                    names.Add(experiment.Name, variant.Name);
                }
            }

            return names;
        }
    }

    /// <summary>Finds an experiment by its name.</summary>
    public static ExperimentDescriptor Experiment(string name) => Experiments.Single(e => e.Name == name);

    /// <summary>Creates the objective of a variant from a seed; its tensors belong to the current dispose scope.</summary>
    public static Objective Create(string experiment, string variant, int seed)
    {
        RandomStreams.Start(seed, "initialisation");
        var declared = Experiment(experiment);
        return ((BoundNetwork)Bound(declared.Variants.Single(v => v.Name == variant))).Create(ones(declared.Tasks.Count));
    }

    /// <summary>Random inputs of five samples [5, …] as the network takes them.</summary>
    public static Tensor Inputs(string experiment, string variant)
    {
        random.manual_seed(4);
        return Drawn(experiment, variant, rows: 5);
    }

    /// <summary>Random inputs [rows, …] as the network takes them, from the current random state.</summary>
    public static Tensor Drawn(string experiment, string variant, int rows)
    {
        var declared = Experiment(experiment).Variants.Single(v => v.Name == variant);
        long[] shape = [rows, .. declared.Input!.Select(d => (long)d)];
        return declared.Vocabulary is { } vocabulary ? randint(0, vocabulary, shape).to(ScalarType.Float32) : randn(shape);
    }

    private static BoundVariant Bound(VariantDescriptor variant) => variant.Bind(TestSettings.Empty);
}
