using UAmtfl.Reporting.Sections;
using UAmtfl.WeakSupervision;

namespace UAmtfl.Tests.Reporting;

/// <summary>The section of a report with the sources of weak labels and what label models made of them.</summary>
public sealed class WeakSectionTests
{
    private static readonly IReadOnlyList<CalibrationBin> Bins = [new(0.75, 0.65, 100), new(0.95, 0.95, 300)];

    [Fact]
    public void SourcesHaveTheirSharesAndTheEstimatesOfEachModel()
    {
        var section = Section();
        Assert.Equal(
            ["source: task", "covers %", "overlaps %", "conflicts %", "right %", "by Own %"], section.Tables[0].Columns);
        Assert.Equal(
            [["rule: Rain", "50.0", "40.0", "10.0", "80.0", "81.0 ± 2.0"], ["copy: Rain", "25.0", "25.0", "5.0", "–", "–"]],
            section.Tables[0].Rows.Select(r => r.Cells.Select(c => c.Text).ToArray()));
    }

    [Fact]
    public void LabelsAreComparedWithTheTruth() => Assert.Equal(
        [["Own", "MeTaL", "Rain", "90.0", "87.5", "2.5"], ["Votes", "MajorityVote", "Rain", "90.0", "87.5", "2.5"]],
        Section().Tables[1].Rows.Select(r => r.Cells.Select(c => c.Text).ToArray()));

    [Fact]
    public void NotesNameTheVariantAndTheChartHasAllRows()
    {
        var section = Section();
        Assert.Contains("Own: source 'copy' says the same of every row.", section.Lines);
        var chart = Assert.Single(section.Charts);
        Assert.Equal(4, chart.Data!.Rows.Count);
        Assert.Contains("Are the labels as certain as they are right?", chart.Svg(), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutWeakLabelsThereIsNoSection() => Assert.Null(WeakSection.Of([("Gold", [])]));

    private static Section Section() => WeakSection.Of(
    [
        ("Gold", []),
        ("Own", [Report(WeakLabelModel.MeTaL, 0.8, 0.01), Report(WeakLabelModel.MeTaL, 0.82, 0.03)]),
        ("Votes", [Report(WeakLabelModel.MajorityVote, double.NaN, double.NaN)]),
    ])!;

    private static WeakReport Report(WeakLabelModel model, double accuracy, double halfWidth) => new()
    {
        Model = model,
        Sources =
        [
            new("rule", "Rain", 0.5, 0.4, 0.1, accuracy, halfWidth, 0.8),
            new("copy", "Rain", 0.25, 0.25, 0.05, double.NaN, double.NaN, double.NaN),
        ],
        Tasks = [new("Rain", 0.9, 0.875, Bins)],
        Groups = [],
        Notes = model == WeakLabelModel.MeTaL ? ["source 'copy' says the same of every row"] : [],
    };
}
