using UAmtfl.Data;
using static TorchSharp.torch;

namespace UAmtfl.Tests.WeakSupervision;

/// <summary>Tasks of all kinds, of which a hierarchy and a binary task have weak sources.</summary>
[Experiment("weak-study")]
[Dataset<WeakRows>]
[Source("a")]
[Source("b")]
[Source("c", Tasks = [nameof(Animal), nameof(Bird)])]
[Source("d", Tasks = [nameof(Task.Wild)])]
[Training(Epochs = 2, BatchSize = 20)]
public static partial class WeakStudy
{
    /// <summary>The root of the hierarchy.</summary>
    [Hierarchy]
    public enum Animal { Bird, Fish }

    /// <summary>The kind of a bird.</summary>
    [Under(nameof(Animal.Bird))]
    public enum Bird { Owl, Crow }

    /// <summary>Tasks beside it.</summary>
    public enum Task
    {
        [Binary] Wild,
        [Regression] Weight,
    }

    [Input(4), Linear(6), ReLU]
    public partial class Net;

    [Baseline, HardSharing]
    public partial class Gold;

    [HardSharing, WeakLabels]
    public partial class Weak;

    [LabellingFunction(Task = nameof(Task.Wild))]
    private static bool? Heavy(WeakRecord row) => row.Broken ? throw new InvalidOperationException("broken") : row.Heavy;
}

/// <summary>What a labelling function of the tests reads.</summary>
/// <param name="Heavy">The vote; null to abstain.</param>
/// <param name="Broken">True if the function throws.</param>
public sealed record WeakRecord(bool? Heavy, bool Broken = false);

/// <summary>Rows with votes that a test can spoil.</summary>
/// <param name="spoil">Changes the training samples.</param>
public sealed class WeakRows(Func<Samples, Samples> spoil) : IRecordDataset<WeakRecord>
{
    /// <summary>The number of training rows.</summary>
    public const int Rows = 200;

    private static readonly int[][] Vectors = [[0, 0], [0, 1], [1, 2]];

    /// <summary>Makes rows as they are.</summary>
    public WeakRows()
        : this(samples => samples)
    {
    }

    /// <inheritdoc/>
    public Splits Load(DataRequest request)
    {
        var random = new Random(request.Seed);
        return new(spoil(Draw(Rows, random)), Draw(60, random), Draw(60, random), SharedTest: false);
    }

    private static Samples Draw(int rows, Random random)
    {
        var (inputs, labels, votes) = (new float[rows * 4], new float[rows * 4], new float[rows * 4 * 4]);
        Array.Fill(votes, float.NaN);
        var records = new WeakRecord[rows];
        for (var row = 0; row < rows; row++)
        {
            var (kind, wild) = (random.Next(3), random.Next(2));
            (inputs[row * 4], inputs[(row * 4) + 1], inputs[(row * 4) + 2], inputs[(row * 4) + 3]) =
                (kind == 0 ? 1 : 0, kind == 1 ? 1 : 0, wild, (float)random.NextDouble());
            (labels[row * 4], labels[(row * 4) + 1]) = (Vectors[kind][0], Vectors[kind][1]);
            (labels[(row * 4) + 2], labels[(row * 4) + 3]) = (wild, kind);
            for (var source = 0; source < 3; source++)
            {
                var said = random.NextDouble() < 0.8 ? kind : random.Next(3);
                if (random.NextDouble() < 0.7)
                {
                    (votes[((row * 4) + source) * 4], votes[(((row * 4) + source) * 4) + 1]) = (Vectors[said][0], Vectors[said][1]);
                }
            }

            for (var source = 0; source < 4; source++)
            {
                votes[(((row * 4) + source) * 4) + 2] = source == 2 ? float.NaN : random.NextDouble() < 0.8 ? wild : 1 - wild;
            }

            records[row] = new(random.NextDouble() < 0.7 ? wild == 1 : null);
        }

        return new(tensor(inputs, [rows, 4]), tensor(labels, [rows, 4])) { Votes = tensor(votes, [rows, 4, 4]), Records = records };
    }
}
