using UAmtfl.Reporting;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Experiments.ToxCast;

/// <summary>The section of <see cref="ToxCastPairs"/> that shows each method's gain over single-task learning on the assay that it serves,
/// as the plots of Liu, Liang and Gitter do.</summary>
public static class PairSection
{
    /// <summary>Makes the section of a report; null if the run has none of the variants.</summary>
    /// <param name="report">The report of the study.</param>
    public static Section? Of(Report report) => FocusSection.Of(
        report,
        "The first assay of each pair",
        "pairs",
        [
            All("MTL", "Mtl"), All("GradNorm", "Normed"), All("LBTW", "LossBalanced"), Own("MTL of the pair", "Shared"),
            Own("RMTL of the pair", "Focused"), Own("fine-tuned", "Tuned"),
        ]);

    private static FocusedMethod All(string name, string variant) =>
        new(name, ToxCastPairs.Pairs.ToDictionary(p => p.Focus, _ => variant));

    private static FocusedMethod Own(string name, string suffix) =>
        new(name, ToxCastPairs.Pairs.ToDictionary(p => p.Focus, p => p.Name + suffix));
}
