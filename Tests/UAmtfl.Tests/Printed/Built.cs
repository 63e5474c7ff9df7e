using TorchSharp.Modules;
using UAmtfl.Descriptors;
using UAmtfl.Numerics;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Printed;

/// <summary>A variant in double precision whose parameters are moved away from their start, with three batches of eight rows in which
/// some labels are missing.</summary>
internal sealed class Built : IDisposable
{
    public const int Rows = 8;
    public const int Inputs = 5;

    private static readonly int[] Tables = [40, 30, 36, 28, 33, 35, 29, 38, 31, 34, 37];

    /// <summary>Builds the variant and its batches; equal arguments give equal bits.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="name">The name of the variant.</param>
    /// <param name="without">The index, in the network's order, of a task without a label in all batches; −1 for none.</param>
    /// <param name="garbage">The number in the place of missing labels.</param>
    /// <param name="dtype">The floating-point type.</param>
    public Built(ExperimentDescriptor experiment, string name, int without = -1, double garbage = 0, ScalarType dtype = ScalarType.Float64)
    {
        Descriptor = experiment.Variants.Single(v => v.Name == name);
        Tasks = experiment.Tasks;
        RandomStreams.Start(3, "initialisation");
        var counts = tensor([.. Tables.Take(Tasks.Count).Select(n => (double)n)]).to(dtype);
        Variant = ((BoundNetwork)Descriptor.Bind(TestSettings.Empty)).Create(counts);
        Counts = counts;
        random.manual_seed(11);
        using (no_grad())
        {
            foreach (var (_, parameter) in Named)
            {
                // Heads of N(0, 0.01²) alone would make every gradient of the trunk small.
                parameter.add_(randn_like(parameter) * 0.3);
                parameter.grad = zeros_like(parameter);
            }
        }

        Variant.EpochStarted(1, 2);
        Batches = [.. Enumerable.Range(0, Math.Max(3, Variant.Batches)).Select(_ => Batch(without, garbage, dtype))];
    }

    public static TheoryData<string, string> Variants(IEnumerable<ExperimentDescriptor> experiments)
    {
        var data = new TheoryData<string, string>();
        foreach (var (experiment, variant) in experiments.SelectMany(e => e.Variants.Select(v => (e.Name, v.Name))))
        {
            data.Add(experiment, variant);
        }

        return data;
    }

    public VariantDescriptor Descriptor { get; }

    public UAmtfl.Tasks.TaskSet Tasks { get; }

    public Objective Variant { get; }

    public Tensor Counts { get; }

    public IReadOnlyList<Batch> Batches { get; }

    public IEnumerable<(string Name, Parameter Parameter)> Named => Variant.Named();

    public Tensor this[string name] => Named.Single(p => p.Name == name).Parameter;

    public bool Has(string name) => Named.Any(p => p.Name == name);

    /// <summary>Accumulates the gradients of one step and returns its objective.</summary>
    public double Accumulate() => Variant.Accumulate([.. Batches.Take(Variant.Batches)], out _).item<double>();

    public void Dispose() => Variant.Dispose();

    private Batch Batch(int without, double garbage, ScalarType dtype)
    {
        var inputs = randn(Rows, Inputs, dtype: ScalarType.Float64).to(dtype);
        var columns = Tasks.Tasks.Select(t => t.Kind switch
        {
            UAmtfl.Tasks.TaskKind.Regression when t.IsRate => randint(0, 4, [Rows]).to(ScalarType.Float64),
            UAmtfl.Tasks.TaskKind.Regression => randn(Rows, dtype: ScalarType.Float64),
            UAmtfl.Tasks.TaskKind.Binary => rand(Rows).gt(0.5).to(ScalarType.Float64),
            _ => randint(0, t.Outputs, [Rows]).to(ScalarType.Float64),
        }).ToList();
        var values = stack([.. columns], 1);
        var observed = rand(Rows, Tasks.Count).gt(0.3).to(ScalarType.Float64);
        observed.select(0, 0).fill_(1);
        if (without >= 0)
        {
            observed.select(1, without).zero_();
        }

        values = where(observed.eq(0), tensor(garbage), values);
        return new(Variant.Network.Prepare(inputs), new(values.to(dtype), observed.to(dtype)));
    }
}
