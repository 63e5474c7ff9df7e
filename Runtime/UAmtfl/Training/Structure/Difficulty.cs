using UAmtfl.Data;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Training.Structure;

/// <summary>Finds the rows that are difficult for each task, and how much tasks agree on them (Lu et al. 2017, section 3.2).</summary>
public static class Difficulty
{
    /// <summary>Computes the error margin m_t^n of each task on each row: |y − σ(o)| of binary tasks, 1 − p(y) of classes and |y − o| of
    /// regressions.</summary>
    /// <param name="outputs">The outputs [N, M] of a network: logits, or values of regressions.</param>
    /// <param name="labels">The labels [N, T] in the order of the tasks.</param>
    /// <param name="tasks">The tasks.</param>
    /// <returns>The margins [N, T], at least 0; without meaning where a label is missing.</returns>
    public static Tensor Margins(Tensor outputs, Labels labels, TaskSet tasks)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(tasks);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        List<Tensor> margins = [];
        var column = 0L;
        for (var t = 0; t < tasks.Count; column += tasks.Tasks[t].Outputs, t++)
        {
            var task = tasks.Tasks[t];
            var (own, target) = (outputs.narrow(1, column, task.Outputs), labels.Values.narrow(1, t, 1));
            margins.Add(task.Kind switch
            {
                TaskKind.Binary => (target - own.sigmoid()).abs(),
                TaskKind.Regression => (target - own).abs(),
                _ => 1 - own.softmax(1).gather(1, target.to(ScalarType.Int64)),
            });
        }

        return cat(margins, 1).MoveToOuterDisposeScope();
    }

    /// <summary>Finds the difficult rows: e_t^n = 1 if m_t^n ≥ the mean of m_t over the rows that have a label.</summary>
    /// <param name="margins">The margins [N, T].</param>
    /// <param name="observed">The mask [N, T] of labels; null if none is missing.</param>
    /// <returns>The votes [N, T], 1 for a difficult row and 0 for an easy one.</returns>
    public static Tensor Votes(Tensor margins, Tensor? observed)
    {
        ArgumentNullException.ThrowIfNull(margins);
        using var scope = NewDisposeScope();
        var mean = observed is null
            ? margins.mean([0L])
            : (margins * observed).sum([0L]) / observed.sum([0L]).clamp_min(1);
        return margins.ge(mean).to(margins.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>Computes the affinity of tasks, A(i, j) = E[e_i e_j + (1 − e_i)(1 − e_j)]: the share of the rows with labels of both that
    /// are difficult for both or easy for both.</summary>
    /// <param name="votes">The votes [N, T], 0 or 1.</param>
    /// <param name="observed">The mask [N, T] of labels; null if none is missing.</param>
    /// <returns>The affinities [T, T] from 0 to 1, symmetric with diagonal 1; NaN for tasks without a common row.</returns>
    public static double[,] Affinities(Tensor votes, Tensor? observed)
    {
        ArgumentNullException.ThrowIfNull(votes);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var hard = votes.to(ScalarType.Float64);
        var seen = observed?.to(ScalarType.Float64) ?? ones_like(hard);
        var (difficult, easy) = (hard * seen, (1 - hard) * seen);
        var agreed = difficult.t().matmul(difficult) + easy.t().matmul(easy);
        var shares = (agreed / seen.t().matmul(seen)).cpu().data<double>().ToArray();
        var affinities = new double[votes.shape[1], votes.shape[1]];
        Buffer.BlockCopy(shares, 0, affinities, 0, shares.Length * sizeof(double));
        return affinities;
    }
}
