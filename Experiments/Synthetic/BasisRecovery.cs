using UAmtfl.Data;
using UAmtfl.Numerics;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Experiments.Synthetic;

/// <summary>How near learnt bases and parameters are to the true ones (Lee et al. 2018, figure 4).</summary>
/// <param name="Cosine">The mean of |cos| between true and learnt bases, matched one to one in the best way, in [0, 1].</param>
/// <param name="EasyError">‖Ŵ − W‖ / ‖W‖ over the easy tasks.</param>
/// <param name="HardError">The same over the hard tasks.</param>
public sealed record BasisRecovery(double Cosine, double EasyError, double HardError)
{
    /// <summary>Trains GO-MTL as declared and compares; the same training as that cell of a run with default settings.</summary>
    /// <param name="seed">The seed.</param>
    public static BasisRecovery OfGoMtl(int seed) => Of(
        seed, SyntheticTasks.GoMtl.Descriptor.Plan, counts => SyntheticTasks.GoMtl.Build(new(), counts), m => (m.Network.Trunk.Linear1.weight, m.Network.HeadWeight));

    /// <summary>Trains AMTFL as declared and compares; the same training as that cell of a run with default settings.</summary>
    /// <param name="seed">The seed.</param>
    public static BasisRecovery OfAmtfl(int seed) => Of(
        seed, SyntheticTasks.Amtfl.Descriptor.Plan, counts => SyntheticTasks.Amtfl.Build(new(), counts), m => (m.Network.Trunk.Linear1.weight, m.Network.HeadWeight));

    /// <summary>Compares.</summary>
    /// <param name="truth">The truth of twelve tasks.</param>
    /// <param name="basis">[6][30], the learnt bases as rows.</param>
    /// <param name="heads">[12][6], the learnt coefficients.</param>
    public static BasisRecovery Of(BasisTruth truth, double[][] basis, double[][] heads)
    {
        var cosines = truth.Basis.Select(t => basis.Select(l => Cosines(t, l)).ToArray()).ToArray();
        var errors = truth.Weights.Select((w, t) => Enumerable.Range(0, w.Length).Sum(j => Square(heads[t].Select((s, i) => s * basis[i][j]).Sum() - w[j]))).ToArray();
        var sizes = truth.Weights.Select(w => w.Sum(Square)).ToArray();
        double Relative(bool hard) => Math.Sqrt(Sum(errors, hard) / Sum(sizes, hard));
        double Sum(double[] values, bool hard) => values.Where((_, t) => truth.IsHard(t) == hard).Sum();
        return new(BestMatch(cosines, 0, []) / BasisTruth.Bases, Relative(hard: false), Relative(hard: true));
    }

    private static BasisRecovery Of<T>(int seed, TrainingPlan plan, Func<Tensor, T> create, Func<T, (Tensor Basis, Tensor Heads)> read)
        where T : Objective
    {
        using var scope = NewDisposeScope();
        var tasks = SyntheticTasks.Descriptor.Tasks;
        var (inputs, labels) = SampleChecks.Load(new TwelveTasks().Load(new(null, seed)).Train, "training", tasks, CPU);
        RandomStreams.Start(seed, "initialisation");
        using var model = create(SampleChecks.Counts(labels, tasks));
        using var optimizer = Trainer.CreateOptimizer(plan, model.Groups);
        new Trainer(model, plan, tasks, seed).Train(inputs, labels, null, optimizer, _ => { });
        var (basis, heads) = read(model);
        return Of(new(tasks.Count), Rows(basis), Rows(heads));
    }

    /// <summary>The largest sum of one entry a row, no two in a column.</summary>
    private static double BestMatch(double[][] scores, int row, HashSet<int> taken)
    {
        if (row == scores.Length)
        {
            return 0;
        }

        var best = double.NegativeInfinity;
        for (var column = 0; column < scores[row].Length; column++)
        {
            if (taken.Add(column))
            {
                best = Math.Max(best, scores[row][column] + BestMatch(scores, row + 1, taken));
                taken.Remove(column);
            }
        }

        return best;
    }

    /// <summary>|cos|; 0 for a vector of zeros.</summary>
    private static double Cosines(double[] a, double[] b)
    {
        var size = Math.Sqrt(a.Sum(Square) * b.Sum(Square));
        return size == 0 ? 0 : Math.Abs(a.Zip(b, (x, y) => x * y).Sum()) / size;
    }

    private static double Square(double value) => value * value;

    private static double[][] Rows(Tensor matrix)
    {
        using var frozen = no_grad();
        return [.. matrix.to(ScalarType.Float64).contiguous().data<double>().ToArray().Chunk((int)matrix.shape[1])];
    }
}
