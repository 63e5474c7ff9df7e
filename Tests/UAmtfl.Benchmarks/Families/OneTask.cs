namespace UAmtfl.Benchmarks;

/// <summary>An experiment with one binary task on a perceptron 784-500-1.</summary>
[Experiment("one-task", Seeds = 1)]
[Dataset<Synthetic<OneTask.Task>>]
[Training(Epochs = 1, BatchSize = 100), Adam(1e-3)]
public static partial class OneTask
{
    [Binary]
    public enum Task
    {
        T1,
    }

    [Input(784)]
    [Linear(500), ReLU]
    public partial class Perceptron;

    [HardSharing, L2(1e-4)]
    public partial class HardSharing;
}
