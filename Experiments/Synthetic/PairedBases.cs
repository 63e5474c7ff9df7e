using UAmtfl.Data;
using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Experiments.Synthetic;

/// <summary>Where the noise of a task is added.</summary>
public enum Noise
{
    /// <summary>To the labels: y = Xw + ε.</summary>
    Labels,

    /// <summary>To the parameters: y = X(w + ε), as the paper's sentence has it.</summary>
    Parameters,
}

/// <summary>Tasks made in memory from pairs of shared basis vectors (<see cref="BasisTruth"/>), easy ones with noise 1 and hard ones with
/// noise 2 (Lee, Yang and Hwang 2018, section 4.1).</summary>
/// <remarks><para>Inputs are 30 standard normal numbers. An easy task has 50 rows to train on, 50 to validate on and 100 to test on, a
/// hard one 25, 25 and 100, drawn anew for each seed.</para>
/// <para>The paper says that parameters are generated «with noise»; labels would then have none, and single-task least squares on the 50
/// rows of an easy task would be exact. So the noise is on labels, unless <c>--synthetic:Dataset:Noise Parameters</c> asks for the
/// other.</para></remarks>
/// <param name="tasks">T, a multiple of 12.</param>
public abstract class PairedBases(int tasks) : IPerTaskDataset
{
    /// <summary>The number of test rows of a task.</summary>
    public const int TestRows = 100;

    /// <summary>The standard deviations of the noise of easy and of hard tasks.</summary>
    private const double EasyNoise = 1, HardNoise = 2;

    /// <inheritdoc/>
    public IReadOnlyList<string> Options => ["Noise"];

    /// <summary>The number of training rows of a task, which is also that of its validation rows.</summary>
    /// <param name="hard">True if it is one of the hard.</param>
    public static int TrainRows(bool hard) => hard ? 25 : 50;

    /// <inheritdoc/>
    public Splits Load(DataRequest request)
    {
        var (truth, noise) = (new BasisTruth(tasks), request.Choice("Noise", Noise.Labels));
        Draw train = new(), validation = new(), test = new();
        var random = new SplitMix64(request.Seed);
        for (var task = 0; task < tasks; task++)
        {
            var hard = truth.IsHard(task);
            var deviation = hard ? HardNoise : EasyNoise;
            // Noise on parameters is part of the truth, not of a draw of rows: every seed has the same.
            var own = new SplitMix64(-1 - task);
            var weights = noise == Noise.Labels
                ? truth.Weights[task]
                : [.. truth.Weights[task].Select(w => w + (deviation * own.Normal()))];
            var labelNoise = noise == Noise.Labels ? deviation : 0;
            train.Add(random, task, weights, labelNoise, TrainRows(hard));
            validation.Add(random, task, weights, labelNoise, TrainRows(hard));
            test.Add(random, task, weights, labelNoise, TestRows);
        }

        return new(train.Samples(), validation.Samples(), test.Samples(), SharedTest: false);
    }

    /// <summary>The rows of a split, collected as they are drawn.</summary>
    private sealed class Draw
    {
        private readonly List<float> inputs = [], labels = [];
        private readonly List<long> owners = [];

        public void Add(SplitMix64 random, int task, double[] weights, double noise, int rows)
        {
            for (var row = 0; row < rows; row++)
            {
                double[] x = [.. weights.Select(_ => random.Normal())];
                inputs.AddRange(x.Select(v => (float)v));
                labels.Add((float)(x.Zip(weights, (a, b) => a * b).Sum() + (noise * random.Normal())));
                owners.Add(task);
            }
        }

        public Samples Samples() =>
            new(tensor(inputs.ToArray(), [labels.Count, BasisTruth.Dimension]), tensor(labels.ToArray()), tensor(owners.ToArray()));
    }
}

/// <summary>The paper's twelve tasks, one for each pair of bases in each group.</summary>
public sealed class TwelveTasks() : PairedBases(12);

/// <summary>120 tasks, ten for each pair of bases in each group.</summary>
public sealed class ManyTasks() : PairedBases(120);
