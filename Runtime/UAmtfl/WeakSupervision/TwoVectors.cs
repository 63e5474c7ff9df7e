using UAmtfl.Data;
using static System.Math;
using static TorchSharp.torch;

namespace UAmtfl.WeakSupervision;

/// <summary>Fits a label model with two feasible vectors from the covariances of what sources say (Ratner et al. 2019, section
/// 4).</summary>
/// <remarks>
/// <para>Let Y be 0 or 1 with P(Y = 1) = p, and ψ_a the indicators of what groups of sources say that are independent given Y. With
/// z_a = Cov(ψ_a, Y) / √(p (1 − p)) their covariances are Cov(ψ_a, ψ_b) = z_a z_b between groups: a matrix of rank one off its blocks,
/// whose completion is exact with three groups, |z_a| = √(C_ab C_ac / C_bc). If sources depend on each other, the inverse is used
/// instead: Σ_O⁻¹ + z zᵀ is 0 off the blocks, c = (1 + zᵀ Σ_O z) / Var(Y) and Cov(O, Y) = Σ_O z / √c.</para>
/// <para>The sources of a connected part of the graph are one group, because the equation of rank one holds only if all separators of the
/// junction tree are {Y}. The sign of z is that with which more sources agree with Y than disagree. p is given, or follows from the
/// three-way overlaps: E[(ψ_a − m_a)(ψ_b − m_b)(ψ_c − m_c)] = z_a z_b z_c (1 − 2p) / √(p (1 − p)).</para>
/// </remarks>
internal sealed class TwoVectors
{
    /// <summary>The largest number of statistics whose matrix is completed.</summary>
    public const int MostStatistics = 800;

    /// <summary>The range of an estimated p.</summary>
    private const double LeastShare = 1e-3;

    private readonly VoteTable table;
    private readonly ViewMoments moments;
    private readonly bool inverse;
    private readonly double[]? balance;
    private readonly bool abstentions;

    /// <summary>Prepares a fit.</summary>
    /// <param name="table">The votes.</param>
    /// <param name="moments">The moments of the independent groups of sources.</param>
    /// <param name="balance">P(Y), [2]; null to estimate it.</param>
    /// <param name="abstentions">True if it is evidence that a source abstains.</param>
    public TwoVectors(VoteTable table, ViewMoments moments, double[]? balance, bool abstentions)
    {
        (this.table, this.moments, this.balance, this.abstentions) = (table, moments, balance, abstentions);
        inverse = moments.Views.Any(v => v.Length > 1);
    }

    /// <summary>Fits the model to sums of products (<see cref="ViewMoments.Sums"/>).</summary>
    /// <param name="sums">The sums.</param>
    /// <param name="weights">The weights of the patterns from which they are.</param>
    /// <exception cref="DataException">The votes do not determine the model.</exception>
    public FactorModel Fit(double[] sums, double[] weights)
    {
        using var scope = NewDisposeScope();
        var (means, covariances) = moments.Moments(sums);

        // Without a part of the rows a rare combination of votes may not occur at all.
        long[] seen = [.. Enumerable.Range(0, means.Length).Where(a => means[a] > 0).Select(a => (long)a)];
        var part = covariances.index_select(0, tensor(seen)).index_select(1, tensor(seen));
        var views = Array.ConvertAll(seen, a => moments.ViewOf[a]);
        var (found, certificate) = inverse ? FromInverse(part, views) : FromCovariances(part, views);
        var z = new double[means.Length];
        foreach (var (i, a) in seen.Index())
        {
            z[a] = found[i];
        }

        if (Agreement(z) < 0)
        {
            z = Array.ConvertAll(z, value => -value);
        }

        var p = balance is [_, var given] ? given : Share(z, means, covariances, weights);
        return new(table, [1 - p, p], [.. moments.Views.Select((_, v) => Table(v, z, means, p))], [], abstentions)
        {
            Certificate = certificate,
        };
    }

    private (double[] Z, LabelModelCertificate Certificate) FromCovariances(Tensor covariances, int[] views)
    {
        var (z, gradient, residual, steps) = RankOne.Complete(covariances, views, Undetermined());
        return (z, new("completion of the covariances", gradient, residual, steps));
    }

    private (double[] Z, LabelModelCertificate Certificate) FromInverse(Tensor covariances, int[] views)
    {
        var eigenvalues = linalg.eigvalsh(covariances).data<double>().ToArray();
        if (!(eigenvalues[0] > 1e-12 * eigenvalues[^1]))
        {
            throw new DataException(
                "the covariances of the sources have no inverse, because a source says only what others say together: declare the "
                + "dependency with [Depends], or leave the source out");
        }

        var (z, gradient, residual, steps) = RankOne.Complete(-linalg.inv(covariances), views, Undetermined());
        using var raw = tensor(z);
        var observed = covariances.mv(raw);
        var scaled = observed / Sqrt(1 + raw.dot(observed).item<double>());
        return (scaled.data<double>().ToArray(), new("completion of the inverse covariances", gradient, residual, steps));
    }

    private string Undetermined()
    {
        var groups = moments.Views.Select(v => string.Join(", ", v.Select(s => table.Sources[s].Name)));
        return "the votes do not say how often each source is right, because fewer than three of the sources or groups that do not depend "
            + $"on each other agree as one label would make them ({string.Join("; ", groups)}): add sources, declare fewer dependencies, "
            + "or use WeakLabelModel.MajorityVote";
    }

    /// <summary>Returns a number that is above 0 if more sources agree with Y than disagree. Of equally many the covariances
    /// decide.</summary>
    private double Agreement(double[] z)
    {
        var (sources, sum) = (0, 0.0);
        for (var v = 0; v < moments.Views.Count; v++)
        {
            var (reference, own) = (Leaning(v, moments.Reference[v]), 0.0);
            for (var a = moments.Of(v).Start.Value; a < moments.Of(v).End.Value; a++)
            {
                own += z[a] * (Leaning(v, moments.Configuration[a]) - reference);
            }

            (sources, sum) = (sources + (Sign(own) * moments.Views[v].Length), sum + own);
        }

        return sources != 0 ? sources : sum;
    }

    /// <summary>The number of members of a view whose votes are those of the second vector, less those of the first.</summary>
    private double Leaning(int view, int configuration) => moments.Views[view].Select((s, i) =>
    {
        var votes = table.Sources[s].Alphabet[moments.Tables[view].Symbol(configuration, i)];
        return (VotingSource.Agree(votes, table.Labels.Vectors[1]) ? 1 : 0) - (VotingSource.Agree(votes, table.Labels.Vectors[0]) ? 1 : 0);
    }).Sum();

    /// <summary>Returns p from the three-way overlaps of the views, each with a score in which its statistics count by z_a /
    /// Var(ψ_a).</summary>
    private double Share(double[] z, double[] means, Tensor covariances, double[] weights)
    {
        using var diagonal = covariances.diagonal();
        var variances = diagonal.contiguous().data<double>().ToArray();
        var scores = z.Select((value, a) => value / Max(variances[a], CliqueTable.Least)).ToArray();
        var sizes = new double[moments.Views.Count];
        for (var a = 0; a < z.Length; a++)
        {
            sizes[moments.ViewOf[a]] += scores[a] * z[a];
        }

        var size = ViewMoments.Triples(sizes.Sum(), sizes.Sum(s => s * s), sizes.Sum(s => s * s * s));
        var skewness = moments.ThreeWayOverlap(weights, scores, means) / size;
        return Clamp((1 - (skewness / Sqrt(4 + (skewness * skewness)))) / 2, LeastShare, 1 - LeastShare);
    }

    /// <summary>P(ψ_a = 1 | Y) = m_a ± z_a √(odds), within what probabilities can be.</summary>
    private CliqueTable Table(int view, double[] z, double[] means, double p)
    {
        var symbols = table.Sources.Select(s => s.Alphabet.Count).ToArray();
        var own = new CliqueTable(moments.Views[view], symbols, 2);
        var reference = own.Row(moments.Reference[view]);
        (reference[0], reference[1]) = (1, 1);
        for (var a = moments.Of(view).Start.Value; a < moments.Of(view).End.Value; a++)
        {
            var row = own.Row(moments.Configuration[a]);
            row[0] = Clamp(means[a] - (z[a] * Sqrt(p / (1 - p))), CliqueTable.Least, 1);
            row[1] = Clamp(means[a] + (z[a] * Sqrt((1 - p) / p)), CliqueTable.Least, 1);
            (reference[0], reference[1]) = (reference[0] - row[0], reference[1] - row[1]);
        }

        (reference[0], reference[1]) = (Max(reference[0], CliqueTable.Least), Max(reference[1], CliqueTable.Least));
        var sums = new double[2];
        for (var c = 0; c < own.Configurations; c++)
        {
            Numerics.Vectors.AddScaled(sums, 1, own.Row(c));
        }

        own.Normalise(sums);
        return own;
    }
}
