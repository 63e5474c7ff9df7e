namespace UAmtfl.Benchmarks;

/// <summary>An experiment with ten binary tasks on a perceptron 784-500-10.</summary>
[Experiment("ten-tasks", Seeds = 1)]
[Dataset<Synthetic<TenTasks.Task>>]
[Training(Epochs = 1, BatchSize = 100), Adam(1e-3)]
public static partial class TenTasks
{
    [Binary]
    public enum Task
    {
        T01, T02, T03, T04, T05, T06, T07, T08, T09, T10,
    }

    [Input(784)]
    [Linear(500), ReLU]
    public partial class Perceptron;

    [HardSharing, L2(1e-4)]
    public partial class HardSharing;
}
