using static System.Math;

namespace UAmtfl.WeakSupervision;

/// <summary>A model that gives the feasible label vectors of a row probabilities from the votes of the sources.</summary>
public abstract class LabelModel
{
    /// <summary>The shares of the feasible vectors, P(Y) [k].</summary>
    public abstract IReadOnlyList<double> Balance { get; }

    /// <summary>What a reader should know of the sources, one line each.</summary>
    public IReadOnlyList<string> Notes { get; internal set; } = [];

    /// <summary>How well the estimate satisfies its equations; null for a model that solves none.</summary>
    public LabelModelCertificate? Certificate { get; internal init; }

    /// <summary>Computes the posterior P(Y | λ) of each different row of votes.</summary>
    /// <param name="table">The votes.</param>
    /// <returns>[patterns][k]; each row sums to 1.</returns>
    public double[][] Posteriors(VoteTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var posteriors = new double[table.Patterns][];
        for (var p = 0; p < table.Patterns; p++)
        {
            posteriors[p] = new double[table.Labels.Vectors.Count];
            Posterior(table.Pattern(p), posteriors[p]);
        }

        return posteriors;
    }

    /// <summary>Returns the probability that a source's vote on a task is right; NaN if it casts none, or the model says nothing of
    /// it.</summary>
    /// <param name="source">The place of the source in the table.</param>
    /// <param name="task">The place of the task among those of the feasible vectors.</param>
    public virtual double Accuracy(int source, int task) => double.NaN;

    /// <summary>Computes the posterior of a row.</summary>
    /// <param name="symbols">The symbol of each source, [m].</param>
    /// <param name="posterior">Takes P(Y | λ), [k].</param>
    internal abstract void Posterior(ReadOnlySpan<ushort> symbols, Span<double> posterior);

    /// <summary>Sums posteriors over the vectors that have the same class of a task.</summary>
    /// <param name="labels">The feasible vectors.</param>
    /// <param name="posterior">P(Y | λ), [k].</param>
    /// <param name="task">The place of the task among those of the vectors.</param>
    /// <returns>The probability of each class, [classes].</returns>
    public static double[] Marginal(FeasibleLabels labels, IReadOnlyList<double> posterior, int task)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(posterior);
        var marginal = new double[labels.Classes[task]];
        for (var y = 0; y < posterior.Count; y++)
        {
            marginal[labels.Vectors[y][task]] += posterior[y];
        }

        return marginal;
    }
}

/// <summary>How well the estimate of a label model satisfies its equations.</summary>
/// <param name="Method">The equations, in words.</param>
/// <param name="Gradient">The largest size of the gradient of what is minimised, in units of its largest number, or, for maximum
/// likelihood, the largest change of a probability in the last step.</param>
/// <param name="Residual">The root of the mean square of what the equations leave between sources that do not depend on each other; NaN
/// for maximum likelihood.</param>
/// <param name="Iterations">The number of steps.</param>
public sealed record LabelModelCertificate(string Method, double Gradient, double Residual, int Iterations);

/// <summary>A label model with the probabilities of what sources say given the labels: P(Y | λ) ∝ P(Y) Π_C P(λ_C | Y) / Π_S P(λ_S | Y)
/// over the maximal cliques C and the separators S of the junction tree (Ratner et al. 2019, section 3.3).</summary>
internal sealed class FactorModel : LabelModel
{
    private const int BetweenScalings = 32;

    private readonly VoteTable table;
    private readonly double[] balance;
    private readonly CliqueTable[] factors;
    private readonly CliqueTable[] divisors;

    /// <summary>Makes the model.</summary>
    /// <param name="table">The votes of the sources.</param>
    /// <param name="balance">P(Y), [k].</param>
    /// <param name="cliques">P(λ_C | Y) of each maximal clique.</param>
    /// <param name="separators">P(λ_S | Y) of each separator.</param>
    /// <param name="abstentions">True if it is evidence that a source abstains.</param>
    public FactorModel(
        VoteTable table, double[] balance, IReadOnlyList<CliqueTable> cliques, IReadOnlyList<CliqueTable> separators, bool abstentions)
    {
        (this.table, this.balance, Cliques, Separators) = (table, balance, cliques, separators);
        factors = [.. cliques.Select(c => abstentions ? c : c.GivenAbstentions())];
        divisors = [.. separators.Select(c => abstentions ? c : c.GivenAbstentions())];
    }

    public override IReadOnlyList<double> Balance => balance;

    /// <summary>The tables of the maximal cliques.</summary>
    public IReadOnlyList<CliqueTable> Cliques { get; }

    /// <summary>The tables of the separators.</summary>
    public IReadOnlyList<CliqueTable> Separators { get; }

    internal override void Posterior(ReadOnlySpan<ushort> symbols, Span<double> posterior) => Weigh(symbols, posterior);

    /// <summary>Computes the posterior of a row and returns the logarithm of the row's probability.</summary>
    public double Weigh(ReadOnlySpan<ushort> symbols, Span<double> posterior)
    {
        balance.CopyTo(posterior);
        var scale = 0.0;
        for (var i = 0; i < factors.Length; i++)
        {
            var row = factors[i].Row(factors[i].Configuration(symbols));
            for (var y = 0; y < row.Length; y++)
            {
                posterior[y] *= row[y];
            }

            if (i % BetweenScalings == BetweenScalings - 1)
            {
                scale += Scale(posterior);
            }
        }

        foreach (var divisor in divisors)
        {
            var row = divisor.Row(divisor.Configuration(symbols));
            for (var y = 0; y < row.Length; y++)
            {
                posterior[y] /= row[y];
            }
        }

        return scale + Scale(posterior);
    }

    public override double Accuracy(int source, int task)
    {
        var emission = Emission(source);
        var (right, votes) = (0.0, 0.0);
        foreach (var (symbol, labels) in table.Sources[source].Alphabet.Index().Where(s => s.Item[task] >= 0))
        {
            var row = emission.Row(symbol);
            for (var y = 0; y < balance.Length; y++)
            {
                votes += balance[y] * row[y];
                right += table.Labels.Vectors[y][task] == labels[task] ? balance[y] * row[y] : 0;
            }
        }

        return right / votes;
    }

    /// <summary>Returns P(λ_i | Y) of one source.</summary>
    public CliqueTable Emission(int source) =>
        Cliques.First(c => c.Members.Contains(source)).Marginal([source], [.. table.Sources.Select(s => s.Alphabet.Count)]);

    /// <summary>Makes the numbers sum to 1 and returns the logarithm of what they summed to.</summary>
    public static double Scale(Span<double> posterior)
    {
        var sum = 0.0;
        foreach (var p in posterior)
        {
            sum += p;
        }

        foreach (ref var p in posterior)
        {
            p /= sum;
        }

        return Log(sum);
    }
}
