namespace UAmtfl.WeakSupervision;

/// <summary>The probabilities of what the sources of a clique say together, for each feasible label vector: P(λ_C | Y).</summary>
internal sealed class CliqueTable
{
    /// <summary>The largest number of probabilities of one table.</summary>
    public const int Most = 1 << 20;

    /// <summary>The smallest probability, so that no row of votes has probability 0 for all label vectors.</summary>
    public const double Least = 1e-12;

    private readonly int[] strides;
    private readonly int[] sizes;

    /// <summary>Makes a table of zeros.</summary>
    /// <param name="members">The sources of the clique.</param>
    /// <param name="symbols">The number of symbols of each of all sources.</param>
    /// <param name="vectors">The number of feasible vectors k.</param>
    public CliqueTable(int[] members, IReadOnlyList<int> symbols, int vectors)
    {
        (Members, Vectors) = (members, vectors);
        sizes = Array.ConvertAll(members, s => symbols[s]);
        strides = new int[members.Length];
        Configurations = 1;
        for (var i = members.Length - 1; i >= 0; i--)
        {
            strides[i] = Configurations;
            Configurations *= sizes[i];
        }

        Values = new double[Configurations * vectors];
    }

    /// <summary>The sources of the clique.</summary>
    public int[] Members { get; }

    /// <summary>The number of feasible vectors k.</summary>
    public int Vectors { get; }

    /// <summary>The number of combinations of symbols of the members.</summary>
    public int Configurations { get; }

    /// <summary>[configurations · k], P(configuration | vector).</summary>
    public double[] Values { get; private set; }

    /// <summary>Returns the number of probabilities that a clique needs.</summary>
    public static double Size(IEnumerable<int> members, IReadOnlyList<int> symbols, int vectors) =>
        members.Aggregate((double)vectors, (size, s) => size * symbols[s]);

    /// <summary>Returns the configuration of the members in a row of symbols of all sources.</summary>
    public int Configuration(ReadOnlySpan<ushort> symbols)
    {
        if (Members.Length == 1)
        {
            return symbols[Members[0]];
        }

        var configuration = 0;
        for (var i = 0; i < Members.Length; i++)
        {
            configuration += symbols[Members[i]] * strides[i];
        }

        return configuration;
    }

    /// <summary>Returns the symbol of the i-th member in a configuration.</summary>
    public int Symbol(int configuration, int member) => configuration / strides[member] % sizes[member];

    /// <summary>The probabilities of a configuration, [k].</summary>
    public Span<double> Row(int configuration) => Values.AsSpan(configuration * Vectors, Vectors);

    /// <summary>Makes the probabilities of all configurations sum to 1 for each vector, none below <see cref="Least"/>.</summary>
    /// <param name="counts">What each vector is divided by, [k].</param>
    public void Normalise(ReadOnlySpan<double> counts)
    {
        for (var i = 0; i < Values.Length; i++)
        {
            var count = counts[i % Vectors];
            Values[i] = count > 0 ? Math.Max(Values[i] / count, Least) : 1.0 / Configurations;
        }
    }

    /// <summary>Returns the table of some of the members, summed over the others.</summary>
    /// <param name="members">Some members, in their order.</param>
    /// <param name="symbols">The number of symbols of each of all sources.</param>
    public CliqueTable Marginal(int[] members, IReadOnlyList<int> symbols)
    {
        var marginal = new CliqueTable(members, symbols, Vectors);
        var places = Array.ConvertAll(members, s => Array.IndexOf(Members, s));
        for (var c = 0; c < Configurations; c++)
        {
            var target = 0;
            for (var i = 0; i < places.Length; i++)
            {
                target += Symbol(c, places[i]) * marginal.strides[i];
            }

            Numerics.Vectors.AddScaled(marginal.Row(target), 1, Row(c));
        }

        return marginal;
    }

    /// <summary>Returns the table with the probabilities given which members abstain: P(λ_C | Y, abstentions), which is 1 where all
    /// do.</summary>
    public CliqueTable GivenAbstentions()
    {
        var sums = new Dictionary<long, double[]>();
        for (var c = 0; c < Configurations; c++)
        {
            var sum = Sum(sums, c);
            Numerics.Vectors.AddScaled(sum, 1, Row(c));
        }

        var conditional = (CliqueTable)MemberwiseClone();
        conditional.Values = new double[Values.Length];
        for (var c = 0; c < Configurations; c++)
        {
            var sum = Sum(sums, c);
            var row = Row(c);
            var target = conditional.Row(c);
            for (var y = 0; y < Vectors; y++)
            {
                target[y] = row[y] / sum[y];
            }
        }

        return conditional;
    }

    private double[] Sum(Dictionary<long, double[]> sums, int configuration)
    {
        var abstentions = 0L;
        for (var i = 0; i < Members.Length; i++)
        {
            abstentions |= Symbol(configuration, i) == 0 ? 1L << i : 0;
        }

        return sums.TryGetValue(abstentions, out var sum) ? sum : sums[abstentions] = new double[Vectors];
    }
}
