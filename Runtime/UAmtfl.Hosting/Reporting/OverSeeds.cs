namespace UAmtfl.Reporting;

/// <summary>Combines the matrices of several seeds into one, entry by entry, without the entries that do not exist. Its size is that of
/// the smallest.</summary>
internal static class OverSeeds
{
    /// <summary>Returns the means; NaN where no seed has a number.</summary>
    public static double[][] Mean(IReadOnlyList<double[][]> matrices) => Each(matrices, values => values.Average());

    /// <summary>Returns the smallest numbers; NaN where no seed has one.</summary>
    public static double[][] Smallest(IReadOnlyList<double[][]> matrices) => Each(matrices, values => values.Min());

    /// <summary>Returns the largest numbers; NaN where no seed has one.</summary>
    public static double[][] Largest(IReadOnlyList<double[][]> matrices) => Each(matrices, values => values.Max());

    private static double[][] Each(IReadOnlyList<double[][]> matrices, Func<IEnumerable<double>, double> number) =>
        [.. Enumerable.Range(0, matrices.Min(m => m.Length)).Select(i =>
            Enumerable.Range(0, matrices[0][i].Length).Select(j => number(
                matrices.Select(m => m[i][j]).Where(v => !double.IsNaN(v)).DefaultIfEmpty(double.NaN))).ToArray())];
}
