namespace UAmtfl.Benchmarks;

/// <summary>An experiment with ten binary tasks on ten copies of a perceptron 784-100-100, one for each task or as experts.</summary>
[Experiment("ten-copies", Seeds = 1)]
[Dataset<Synthetic<TenCopies.Task>>]
[Training(Epochs = 1, BatchSize = 100), Adam(1e-3)]
public static partial class TenCopies
{
    [Binary]
    public enum Task
    {
        T01, T02, T03, T04, T05, T06, T07, T08, T09, T10,
    }

    [Input(784)]
    [Linear(100), ReLU, Linear(100), ReLU]
    public partial class Perceptron;

    [Baseline, SingleTask, L2(1e-4)]
    public partial class SingleTask;

    [SingleTask, L2(1e-4), Training(BatchSize = 32)]
    public partial class SmallBatches;

    [SingleTask, L2(1e-4), Training(BatchSize = 10)]
    public partial class SmallestBatches;

    [Mmoe(10), L2(1e-4)]
    public partial class Mixture;

    [Mmoe(10), L2(1e-4), Training(BatchSize = 10)]
    public partial class MixtureOfSmallestBatches;
}
