namespace UAmtfl.Tests.Numerics.Weighting.Solvers;

/// <summary>Kinds and sizes of problems that each solver must certify.</summary>
internal static class SolverCases
{
    public const int Seeds = 6;

    private static readonly int[] Sizes = [2, 3, 5, 12, 40];

    public static TheoryData<string, int> All => Of(Gradients.Kinds);

    /// <summary>And one that sends guesses of the support in circles.</summary>
    public static TheoryData<string, int> Hardest => Of([.. Gradients.Kinds, "nearly opposite"]);

    public static TheoryData<string, int> Of(IEnumerable<string> kinds)
    {
        var data = new TheoryData<string, int>();
        foreach (var kind in kinds)
        {
            foreach (var size in Sizes)
            {
                data.Add(kind, size);
            }
        }

        return data;
    }
}
