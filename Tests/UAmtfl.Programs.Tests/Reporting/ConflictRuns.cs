using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.Reporting;

namespace UAmtfl.Tests.Reporting;

/// <summary>Runs with a variant whose weighting compared gradients.</summary>
internal static class ConflictRuns
{
    public const string Compared = "g_t: ∂L_t/∂θ of the trunk; weights sum to 1; heads: unweighted";

    /// <summary>A run with a seed for each matrix of cosines; a pair conflicts in the share (1 − cosine) / 2 of the steps.</summary>
    public static RunResults Of(params double[][][] seeds) => Run(seeds[0].Length, [.. seeds.Select(cosines => new GradientPairs(
        cosines, Array.ConvertAll(cosines, row => Array.ConvertAll(row, c => (1 - c) / 2))))]);

    /// <summary>A run of which the record of pairs is missing, though gradients were compared.</summary>
    public static RunResults Without(int tasks) => Run(tasks, [null]);

    /// <summary>A run of many tasks, whose cosines are those of random directions in a plane.</summary>
    public static RunResults Many(int tasks, int seeds) => Of([.. Enumerable.Range(0, seeds).Select(seed =>
    {
        var random = new Random(seed);
        double[] angles = [.. Enumerable.Range(0, tasks).Select(t => t + (0.3 * random.NextDouble()))];
        return Array.ConvertAll(angles, a => Array.ConvertAll(angles, b => Math.Cos(a - b)));
    })]);

    private static RunResults Run(int tasks, GradientPairs?[] seeds)
    {
        var variant = SampleRuns.Variant("Surgery", VariantRole.Method) with { Weighting = Compared };
        var row = new float[tasks];
        return SampleRuns.Run([variant], [.. seeds.Select((pairs, seed) => SampleRuns.Cell("Surgery", seed + 1, [row, row]) with
        {
            Gradients = pairs,
            Traces = new Dictionary<string, double[][]> { ["conflicts"] = [[0.5], [0.25]] },
        })]);
    }
}
