using static System.Math;

namespace UAmtfl.WeakSupervision;

/// <summary>Fits a label model by maximum likelihood: expectation maximisation over the unknown labels, whose steps are closed forms
/// because the graph of the sources is chordal, with extrapolated steps (SQUAREM: Varadhan and Roland, Scandinavian Journal of Statistics
/// 35, 2008).</summary>
/// <remarks>With more than two feasible vectors the covariances of the sources determine P(λ | Y) only up to a rotation in k − 1
/// dimensions, so that their equations have other solutions; the likelihood of whole rows of votes has not, if the sources are three
/// independent groups of enough symbols (Kruskal 1977).</remarks>
internal sealed class Likelihood
{
    /// <summary>The probabilities have converged if a step changes none by more than this.</summary>
    private const double Tolerance = 1e-9;

    private const int MostSteps = 2000;

    /// <summary>How much more likely than by chance a source is thought to agree with the labels at the start.</summary>
    private const double BetterThanRandom = 3;

    private readonly VoteTable table;
    private readonly SourceGraph graph;
    private readonly int[] symbols;
    private readonly int k;
    private readonly double[]? fixedBalance;
    private readonly bool abstentions;

    /// <summary>Prepares a fit.</summary>
    /// <param name="table">The votes.</param>
    /// <param name="graph">The dependencies of the sources.</param>
    /// <param name="balance">P(Y), [k]; null to estimate it.</param>
    /// <param name="abstentions">True if it is evidence that a source abstains.</param>
    /// <param name="vectors">k if it is not the number of feasible vectors: 1 for sources without a label in common.</param>
    public Likelihood(VoteTable table, SourceGraph graph, double[]? balance, bool abstentions, int? vectors = null)
    {
        (this.table, this.graph, fixedBalance, this.abstentions) = (table, graph, balance, abstentions);
        k = vectors ?? table.Labels.Vectors.Count;
        symbols = [.. table.Sources.Select(s => s.Alphabet.Count)];
        foreach (var clique in graph.Cliques.Where(c => CliqueTable.Size(c, symbols, k) > CliqueTable.Most))
        {
            throw new Data.DataException(
                $"the sources {string.Join(", ", clique.Select(s => table.Sources[s].Name))} depend on each other in too many "
                + "combinations of votes: declare fewer dependencies");
        }
    }

    /// <summary>Fits the model.</summary>
    /// <param name="start">The model to start from; null for sources that are better than random.</param>
    public FactorModel Fit(FactorModel? start = null)
    {
        var state = start is null ? Start() : Softened(State(start.Balance, start.Cliques));
        var (change, steps, likelihood) = (double.PositiveInfinity, 0, double.NegativeInfinity);
        while (steps < MostSteps)
        {
            var (one, before) = Step(state);
            (change, steps) = (Distance(state, one), steps + 1);
            if (change <= Tolerance)
            {
                state = one;
                break;
            }

            if (before < likelihood - (1e-12 * Abs(likelihood)))
            {
                // The extrapolated state is worse than the one before, which a plain step cannot be.
                (state, likelihood) = (one, double.NegativeInfinity);
                continue;
            }

            likelihood = before;
            var (two, _) = Step(one);
            steps++;
            state = Extrapolated(state, one, two);
        }

        var model = Model(state, new("maximum likelihood", change, double.NaN, steps));
        if (start is null && !Explains(Step(state).Likelihood))
        {
            model.Notes = ["the sources agree hardly more than by chance, so that the estimates mean little"];
        }

        return model;
    }

    /// <summary>True if the likelihood is better than that of sources without a label in common, by the criterion of Akaike.</summary>
    private bool Explains(double likelihood)
    {
        var rows = table.Weights.Sum();
        if (rows <= 1)
        {
            return true;      // a distribution has nothing by chance
        }

        var alone = new Likelihood(table, graph, balance: null, abstentions, vectors: 1);
        var further = (k - 1) * (1 + graph.Cliques.Sum(c => CliqueTable.Size(c, symbols, 1) - 1));
        return rows * (likelihood - alone.Step(alone.Start()).Likelihood) > further;
    }

    /// <summary>Mixes a little of the uniform distribution in, because a probability of 0 stays 0.</summary>
    private static double[][] Softened(double[][] state) => [.. state.Select((row, i) => i == 0 ? row
        : Array.ConvertAll(row, p => (0.99 * p) + (0.01 / row.Length)))];

    /// <summary>Starts from labels that count the votes, those of sources that depend on each other as one.</summary>
    private double[][] Start()
    {
        var counts = graph.Cliques.Select(clique => new CliqueTable(clique, symbols, k)).ToArray();
        double[] Votes(CliqueTable clique, int configuration) =>
            [.. table.Labels.Vectors.Take(k).Select(y => Pow(BetterThanRandom, Agreement(clique, configuration, y)))];
        var agreements = counts.Select(c => Enumerable.Range(0, c.Configurations).Select(i => Votes(c, i)).ToArray()).ToArray();
        return Maximised(counts, (own, posterior) =>
        {
            for (var y = 0; y < k; y++)
            {
                posterior[y] = fixedBalance?[y] ?? 1;
            }

            foreach (var (c, clique) in counts.Index())
            {
                var votes = agreements[c][clique.Configuration(own)];
                for (var y = 0; y < k; y++)
                {
                    posterior[y] *= votes[y];
                }
            }

            FactorModel.Scale(posterior);
            return 0;
        }).State;
    }

    /// <summary>The share of the members that vote for a vector.</summary>
    private double Agreement(CliqueTable clique, int configuration, int[] vector) => clique.Members
        .Select((s, i) => table.Sources[s].Alphabet[clique.Symbol(configuration, i)])
        .Average(votes => votes.Any(v => v >= 0) && VotingSource.Agree(votes, vector) ? 1.0 : 0);

    private static double[][] State(IEnumerable<double> balance, IEnumerable<CliqueTable> cliques) =>
        [[.. balance], .. cliques.Select(c => (double[])c.Values.Clone())];

    private FactorModel Model(double[][] state, LabelModelCertificate? certificate = null)
    {
        var cliques = graph.Cliques.Select((clique, i) =>
        {
            var own = new CliqueTable(clique, symbols, k);
            state[i + 1].CopyTo(own.Values.AsSpan());
            return own;
        }).ToList();
        var separators = graph.Separators.Select(
            s => cliques.First(c => s.All(c.Members.Contains)).Marginal(s, symbols)).ToList();
        return new(table, state[0], cliques, separators, abstentions) { Certificate = certificate };
    }

    /// <summary>One step of expectation and maximisation.</summary>
    /// <returns>The new state, and the log-likelihood of the old one.</returns>
    private (double[][] State, double Likelihood) Step(double[][] state)
    {
        var model = Model(state);
        return Maximised(
            [.. graph.Cliques.Select(clique => new CliqueTable(clique, symbols, k))], (own, posterior) => model.Weigh(own, posterior));
    }

    /// <summary>Counts what the sources say of each vector, and makes shares of the counts.</summary>
    /// <param name="counts">Empty tables of the cliques.</param>
    /// <param name="weigh">Computes the posterior of a row, and returns what is summed over the rows.</param>
    private (double[][] State, double Mean) Maximised(CliqueTable[] counts, Weigh weigh)
    {
        var (balance, posterior, total, sum) = (new double[k], new double[k], 0.0, 0.0);
        for (var p = 0; p < table.Patterns; p++)
        {
            if (table.Weights[p] is not (> 0 and var weight))
            {
                continue;
            }

            var own = table.Pattern(p);
            sum += weight * weigh(own, posterior);
            total += weight;
            foreach (ref var q in posterior.AsSpan())
            {
                q *= weight;
            }

            Numerics.Vectors.AddScaled(balance, 1, posterior);
            foreach (var table in counts)
            {
                var row = table.Row(table.Configuration(own));
                for (var y = 0; y < row.Length; y++)
                {
                    row[y] += posterior[y];
                }
            }
        }

        foreach (var table in counts)
        {
            table.Normalise(balance);
        }

        return (State(fixedBalance ?? balance.Select(b => Max(b / total, CliqueTable.Least)), counts), sum / total);
    }

    private delegate double Weigh(ReadOnlySpan<ushort> symbols, double[] posterior);

    /// <summary>The largest change of a probability.</summary>
    private static double Distance(double[][] a, double[][] b) =>
        a.Zip(b, (x, y) => x.Zip(y, (u, v) => Abs(u - v)).Max()).Max();

    /// <summary>s₀ + 2 α r + α² v with r = s₁ − s₀, v = s₂ − 2 s₁ + s₀ and α = max(1, ‖r‖ / ‖v‖), with probabilities kept
    /// positive.</summary>
    private static double[][] Extrapolated(double[][] s0, double[][] s1, double[][] s2)
    {
        var (r, v) = (0.0, 0.0);
        Each((a, b, c) => (r, v) = (r + ((b - a) * (b - a)), v + ((c - b - b + a) * (c - b - b + a))));
        var alpha = v > 0 ? Max(1, Sqrt(r / v)) : 1;
        return [.. s0.Select((row, i) => row.Select((a, j) =>
        {
            var (b, c) = (s1[i][j], s2[i][j]);
            var further = a + (2 * alpha * (b - a)) + (alpha * alpha * (c - b - b + a));
            return further > 0 ? further : c;
        }).ToArray())];

        void Each(Action<double, double, double> visit)
        {
            for (var i = 0; i < s0.Length; i++)
            {
                for (var j = 0; j < s0[i].Length; j++)
                {
                    visit(s0[i][j], s1[i][j], s2[i][j]);
                }
            }
        }
    }
}
