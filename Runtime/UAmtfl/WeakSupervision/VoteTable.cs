using UAmtfl.Data;

namespace UAmtfl.WeakSupervision;

/// <summary>The votes on the tasks of one set of feasible label vectors, as a table of the different rows of votes with their
/// weights.</summary>
/// <remarks>What a source says of a row is one symbol: 0 if it abstains on all tasks of the set, else the place of its votes among the
/// combinations of votes that it casts anywhere.</remarks>
public sealed class VoteTable
{
    private const int MostSymbols = ushort.MaxValue;

    private VoteTable(FeasibleLabels labels, IReadOnlyList<VotingSource> sources, ushort[] symbols, double[] weights, int[] patternOf) =>
        (Labels, Sources, Symbols, Weights, PatternOf) = (labels, sources, symbols, weights, patternOf);

    /// <summary>The feasible label vectors, k in number.</summary>
    public FeasibleLabels Labels { get; }

    /// <summary>The sources that cover a task of the set, m in number.</summary>
    public IReadOnlyList<VotingSource> Sources { get; }

    /// <summary>The number of different rows of votes.</summary>
    public int Patterns => Weights.Length;

    /// <summary>[patterns · m], the symbol of each source.</summary>
    internal ushort[] Symbols { get; }

    /// <summary>[patterns], how often each occurs; the sum is N, or 1 for a distribution.</summary>
    internal double[] Weights { get; }

    /// <summary>[N], the pattern of each row.</summary>
    internal int[] PatternOf { get; }

    /// <summary>Makes the table of a set of feasible vectors.</summary>
    /// <param name="labels">The feasible vectors.</param>
    /// <param name="sources">All sources.</param>
    /// <param name="votes">The votes of all sources on all tasks.</param>
    /// <param name="weights">The weight of each row, [N], such as its probability; null for 1.</param>
    /// <exception cref="DataException">A source votes for labels that no feasible vector has together, abstains on every row, or there
    /// is no source.</exception>
    public static VoteTable Of(
        FeasibleLabels labels, IReadOnlyList<WeakSource> sources, Votes votes, IReadOnlyList<double>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(votes);
        var covering = sources.Index().Where(s => s.Item.Tasks.Intersect(labels.Tasks).Any()).ToList();
        var coders = covering.Select(s => new SymbolCoder(s.Item.Name, s.Index, labels)).ToArray();
        var m = coders.Length;
        var symbols = new ushort[votes.Rows * m];
        for (var i = 0; i < m; i++)
        {
            coders[i].Code(votes, symbols.AsSpan(), i, m);
        }

        return Distinct(labels, [.. coders.Select(c => c.Source)], symbols, votes.Rows, weights);
    }

    /// <summary>Returns the same patterns with other weights.</summary>
    internal VoteTable With(double[] weights) => new(Labels, Sources, Symbols, weights, PatternOf);

    /// <summary>The symbols of all sources in a pattern, [m].</summary>
    internal ReadOnlySpan<ushort> Pattern(int pattern) => Symbols.AsSpan(pattern * Sources.Count, Sources.Count);

    /// <summary>Finds equal rows by hashing, and keeps the first of each.</summary>
    private static VoteTable Distinct(
        FeasibleLabels labels, IReadOnlyList<VotingSource> sources, ushort[] symbols, int rows, IReadOnlyList<double>? weights)
    {
        var m = sources.Count;
        var slots = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(2 * rows, 2))];
        var (kept, sums, patternOf) = (0, new double[rows], new int[rows]);
        for (var row = 0; row < rows; row++)
        {
            var own = symbols.AsSpan(row * m, m);
            var slot = Hash(own) & (slots.Length - 1);
            while (slots[slot] > 0 && !symbols.AsSpan((slots[slot] - 1) * m, m).SequenceEqual(own))
            {
                slot = (slot + 1) & (slots.Length - 1);
            }

            if (slots[slot] == 0)
            {
                own.CopyTo(symbols.AsSpan(kept * m, m));      // kept ≤ row, so that no later row is overwritten
                slots[slot] = ++kept;
            }

            var pattern = slots[slot] - 1;
            patternOf[row] = pattern;
            sums[pattern] += weights?[row] ?? 1;
        }

        return new(labels, sources, symbols[..(kept * m)], sums[..kept], patternOf);
    }

    private static int Hash(ReadOnlySpan<ushort> symbols)
    {
        var hash = 14695981039346656037UL;      // FNV-1a
        foreach (var symbol in symbols)
        {
            hash = (hash ^ symbol) * 1099511628211UL;
        }

        return (int)((hash ^ (hash >> 32)) & int.MaxValue);
    }

    /// <summary>Numbers the combinations of votes of one source.</summary>
    private sealed class SymbolCoder(string name, int source, FeasibleLabels labels)
    {
        private readonly List<int[]> alphabet = [Enumerable.Repeat((int)Votes.Abstains, labels.Tasks.Count).ToArray()];
        private readonly Dictionary<long, ushort> known = new() { [0] = 0 };

        public VotingSource Source => new(name, source, alphabet);

        public void Code(Votes votes, Span<ushort> symbols, int place, int stride)
        {
            var (last, lastSymbol) = (0L, (ushort)0);
            for (var row = 0; row < votes.Rows; row++)
            {
                var own = votes.Values.AsSpan(((row * votes.Sources) + source) * votes.Tasks, votes.Tasks);
                var code = labels.Code(own);
                if (code != last)
                {
                    (last, lastSymbol) = (code, known.TryGetValue(code, out var symbol) ? symbol : Add(code, own, row));
                }

                symbols[(row * stride) + place] = lastSymbol;
            }
        }

        private ushort Add(long code, ReadOnlySpan<short> votes, int row)
        {
            var vector = labels.Own(votes);
            if (!labels.Vectors.Any(y => VotingSource.Agree(vector, y)))
            {
                throw VotingSource.Infeasible(name, vector, row, []);
            }

            if (alphabet.Count > MostSymbols)
            {
                throw new DataException($"source '{name}' casts more than {MostSymbols} different combinations of votes: split it");
            }

            var symbol = (ushort)alphabet.Count;
            alphabet.Add(vector);
            known.Add(code, symbol);
            return symbol;
        }
    }
}

/// <summary>A source as a label model sees it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Index">The place among all sources.</param>
/// <param name="Alphabet">The combinations of votes that it casts, [symbols][tasks of the set], −1 where it abstains; the first one
/// abstains on all.</param>
public sealed record VotingSource(string Name, int Index, IReadOnlyList<int[]> Alphabet)
{
    /// <summary>Describes votes that no feasible vector has together, in one line.</summary>
    internal static DataException Infeasible(string name, int[] votes, int row, IReadOnlyList<string> tasks) => new(
        $"source '{name}' votes [{string.Join(", ", votes.Select(v => v < 0 ? "–" : $"{v}"))}]"
        + $"{(tasks.Count > 0 ? $" on {string.Join(", ", tasks)}" : "")} in training row {row} (rows count from 0), which no feasible "
        + "label vector has: mend the source, or let it abstain there");

    /// <summary>True if all votes of a symbol are those of a feasible vector. A symbol that abstains agrees with each.</summary>
    internal static bool Agree(int[] votes, int[] vector)
    {
        for (var t = 0; t < votes.Length; t++)
        {
            if (votes[t] >= 0 && votes[t] != vector[t])
            {
                return false;
            }
        }

        return true;
    }
}
