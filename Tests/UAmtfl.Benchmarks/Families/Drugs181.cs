using UAmtfl.Data;
using static TorchSharp.torch;

namespace UAmtfl.Benchmarks;

/// <summary>Random rows [N, 687] with random labels for 181 drugs, of which a tenth is missing. The shape is that of the pharmacogenomics
/// study.</summary>
public sealed class SyntheticScreen : IDataset
{
    private const int Genes = 687, Drugs = 181;

    /// <inheritdoc/>
    public Splits Load(DataRequest request)
    {
        using var random = new Generator((ulong)request.Seed);
        return new(Draw(1000), Draw(100), Draw(100), SharedTest: false);

        Samples Draw(int rows)
        {
            using var missing = rand([rows, Drugs], generator: random).lt(0.1);
            return new(randn([rows, Genes], generator: random), randn([rows, Drugs], generator: random).masked_fill(missing, float.NaN));
        }
    }
}

/// <summary>An experiment with 181 drugs, for comparing one network for all tasks with a network for each task.</summary>
[Experiment("drugs-181", Seeds = 1)]
[Dataset<SyntheticScreen>, RegressionFamily("Drug", "drugs.tasks.txt")]
[Training(Epochs = 1, BatchSize = 100), Adam(1e-3)]
public static partial class Drugs181
{
    /// <summary>The network of the pharmacogenomics study: one hidden layer of 500 units.</summary>
    [Input(687), Linear(500), ReLU]
    public partial class Wide;

    /// <summary>A network so small that 181 of them have about as many hidden units as <see cref="Wide"/> alone.</summary>
    [Input(687), Linear(3), ReLU]
    public partial class Narrow;

    /// <summary>No layers: heads on the inputs themselves are linear models, which are the single-task baseline of the study.</summary>
    [Input(687)]
    public partial class Raw;

    /// <summary>One network for all 181 tasks, with which the single-task variants are compared.</summary>
    [HardSharing, L2(1e-4), Network(nameof(Wide))]
    public partial class HardSharing;

    /// <summary>181 linear models.</summary>
    [SingleTask, L2(1e-4), Network(nameof(Raw))]
    public partial class LinearStl;

    /// <summary>181 networks with 3 hidden units.</summary>
    [SingleTask, L2(1e-4), Network(nameof(Narrow))]
    public partial class NarrowStl;

    /// <summary>181 networks with 500 hidden units.</summary>
    [SingleTask, L2(1e-4), Network(nameof(Wide))]
    public partial class WideStl;
}
