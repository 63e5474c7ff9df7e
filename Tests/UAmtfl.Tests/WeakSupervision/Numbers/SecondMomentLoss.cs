using UAmtfl.WeakSupervision;

namespace UAmtfl.Tests.WeakSupervision.Numbers;

/// <summary>The loss that Snorkel and MeTaL minimise, ‖(O − μ P μᵀ) off the sources' blocks‖² + ‖μ P 1 − diag O‖², computed term by term
/// from its definition.</summary>
internal static class SecondMomentLoss
{
    public static double Of(VoteTable table, FactorModel model)
    {
        var (k, total) = (table.Labels.Vectors.Count, table.Weights.Sum());
        var indicators = table.Sources.SelectMany((s, i) => Enumerable.Range(1, s.Alphabet.Count - 1).Select(a => (Source: i, Symbol: a)))
            .ToList();
        var mu = indicators.Select(i => model.Emission(i.Source).Row(i.Symbol).ToArray()).ToList();
        var loss = 0.0;
        foreach (var (a, first) in indicators.Index())
        {
            foreach (var (b, second) in indicators.Index())
            {
                if (a == b || first.Source != second.Source)
                {
                    var observed = Enumerable.Range(0, table.Patterns)
                        .Where(p => table.Pattern(p)[first.Source] == first.Symbol && table.Pattern(p)[second.Source] == second.Symbol)
                        .Sum(p => table.Weights[p]) / total;
                    var expected = Enumerable.Range(0, k).Sum(y => model.Balance[y] * mu[a][y] * (a == b ? 1 : mu[b][y]));
                    loss += (observed - expected) * (observed - expected);
                }
            }
        }

        return loss;
    }
}
