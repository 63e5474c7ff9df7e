namespace UAmtfl.Tests.Numerics.Weighting.Solvers;

/// <summary>Kinds of gradients and numbers of tasks on which the tests check each solver.</summary>
internal static class SolverCases
{
    private static readonly int[] Sizes = [2, 3, 5, 12, 40];

    public static TheoryData<string, int> All => Of(Gradients.Kinds);

    /// <summary>Returns how many gradients of a kind are tried: one of many tasks, because they take most of the time.</summary>
    public static int Seeds(int tasks) => tasks > 12 ? 1 : 6;

    /// <summary>All kinds, and one for which a solver that guesses the support can run in circles.</summary>
    public static TheoryData<string, int> Hardest => Of([.. Gradients.Kinds, "nearly opposite"]);

    /// <summary>Kinds of gradients at the limit of double precision, which random gradients hardly ever are. There are at most 24 tasks,
    /// because 40 take five times as long and reach no other branch.</summary>
    public static TheoryData<string, int> Degenerate => Of(DegenerateKinds, [2, 3, 5, 12, 24]);

    private static string[] DegenerateKinds =>
    [
        "one pair opposite", "pairs opposite", "one duplicated", "opposite and duplicated",
        "nearly opposite by 1e-4", "nearly opposite by 1e-8", "nearly opposite by 1e-12",
        "nearly duplicated", "14 decades", "14 decades, conflicting", "14 decades, opposite", "14 decades, duplicated",
    ];

    public static TheoryData<string, int> Of(IEnumerable<string> kinds) => Of(kinds, Sizes);

    private static TheoryData<string, int> Of(IEnumerable<string> kinds, int[] sizes)
    {
        var data = new TheoryData<string, int>();
        foreach (var kind in kinds)
        {
            foreach (var size in sizes)
            {
                data.Add(kind, size);
            }
        }

        return data;
    }

    /// <summary>Draws gradients of one of the degenerate kinds.</summary>
    public static double[][] Make(string kind, int tasks, int seed)
    {
        if (kind.StartsWith("14 decades", StringComparison.Ordinal))
        {
            var of = kind switch
            {
                "14 decades, conflicting" => Gradients.Of("conflicting", tasks, seed),
                "14 decades, opposite" => Make("pairs opposite", tasks, seed),
                "14 decades, duplicated" => Gradients.Of("duplicated", tasks, seed),
                _ => Gradients.Of("free", tasks, seed),
            };
            return [.. of.Select((row, t) => Gradients.Times(row, Math.Pow(10, 7 - (14.0 * t / (tasks - 1)))))];
        }

        var j = Gradients.Of("free", tasks, seed);
        switch (kind)
        {
            case "one pair opposite":
                j[^1] = Gradients.Times(j[0], -1.5);
                return j;
            case "pairs opposite":
                return [.. j.Select((row, t) => t % 2 == 0 ? row : Gradients.Times(j[t - 1], -(1 + (0.25 * t))))];
            case "one duplicated":
                j[^1] = [.. j[0]];
                return j;
            case "opposite and duplicated":
                return [.. j.Select((row, t) => (t % 4) switch { 1 => [.. j[t - 1]], 2 => Gradients.Times(j[t - 2], -1), _ => row })];
            case "nearly duplicated":
                return [.. j.Select((row, t) => t % 2 == 0 ? row : Gradients.Plus(j[t - 1], 1e-9, row))];
            default:
                var apart = double.Parse(kind.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);
                return [.. j.Select((row, t) => t % 2 == 0 ? row : Gradients.Plus(Gradients.Times(j[t - 1], -1), apart, row))];
        }
    }

    /// <summary>The inner products of gradients of one of the degenerate kinds.</summary>
    public static UAmtfl.Weighting.Gramian Gramian(string kind, int tasks, int seed) => Gradients.Gramian(Make(kind, tasks, seed));
}
