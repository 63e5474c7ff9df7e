using System.Globalization;
using UAmtfl.Experiments.Synthetic;
using UAmtfl.Numerics;
using UAmtfl.Reporting.Sections;
using UAmtfl.WeakSupervision;

namespace UAmtfl.Experiments.WeakRelations;

/// <summary>The section of the study with the errors of the estimated accuracies of the sources for ever more rows, whose truth the
/// simulation knows.</summary>
public static class AccuracyErrors
{
    /// <summary>The numbers of rows, over three decades.</summary>
    public static IReadOnlyList<int> Rows { get; } = [100, 1000, 10_000, 100_000];

    /// <summary>The number of draws of each.</summary>
    private const int Draws = 8;

    /// <summary>Draws the rows, fits the label model and makes the section.</summary>
    public static Section Section()
    {
        var declared = Rows.Select(n => Error(n, SourceDependencies.Declared, Draws)).ToList();
        var forgotten = Rows.Select(n => Error(n, SourceDependencies.Ignored, Draws)).ToList();
        return new(
            "Error of the estimated accuracies",
            [
                new Table(
                    ["rows", "dependency declared", "× √rows", "dependency forgotten"],
                    1,
                    [
                        .. Rows.Index().Select(n => new Row(
                            n.Item.ToString("#,0", CultureInfo.InvariantCulture), Cell.Of(declared[n.Index], "0.0000"),
                            Cell.Of(declared[n.Index] * Math.Sqrt(n.Item), "0.00"), Cell.Of(forgotten[n.Index], "0.0000"))),
                    ]),
            ],
            [
                $"The root mean square error over sources, tasks and {Draws} draws.",
                FormattableString.Invariant($"Its slope over the logarithms is {Slope(Rows, declared):0.00}, where −0.50 is that of a ")
                    + FormattableString.Invariant($"consistent estimate, and {Slope(Rows, forgotten):0.00} if the copy is forgotten."),
            ]);
    }

    /// <summary>The root of the mean square of estimated less true accuracies, over all sources, tasks and draws.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="dependencies">What the label model knows of the copy.</param>
    /// <param name="draws">The number of draws.</param>
    public static double Error(int rows, SourceDependencies dependencies, int draws)
    {
        var weak = NamesFromSources.Descriptor.Weak!;
        var (sum, count) = (0.0, 0);
        for (var draw = 0; draw < draws; draw++)
        {
            var (votes, kinds) = Draw(rows, new SplitMix64(rows + draw));
            var table = VoteTable.Of(weak.Labels[0], weak.Sources, votes);
            var model = LabelModelFit.Fit(table, new() { Dependencies = dependencies }, weak.Dependencies);
            for (var source = 0; source < RelationWorld.Sources; source++)
            {
                foreach (var task in RelationWorld.Covered[source])
                {
                    var error = model.Accuracy(source, task) - TrueAccuracy(votes, kinds, source, task);
                    (sum, count) = (sum + (error * error), count + 1);
                }
            }
        }

        return Math.Sqrt(sum / count);
    }

    /// <summary>The slope of the line through the logarithms that has the least square error.</summary>
    public static double Slope(IReadOnlyList<int> rows, IReadOnlyList<double> errors)
    {
        var (x, y) = (rows.Select(n => Math.Log(n)).ToArray(), errors.Select(e => Math.Log(e)).ToArray());
        var (mx, my) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum() / x.Sum(a => (a - mx) * (a - mx));
    }

    /// <summary>The share of a source's votes on a task that are right.</summary>
    private static double TrueAccuracy(Votes votes, int[] kinds, int source, int task)
    {
        var (right, all) = (0, 0);
        for (var row = 0; row < kinds.Length; row++)
        {
            var vote = votes.Values[(((row * votes.Sources) + source) * votes.Tasks) + task];
            (right, all) = (right + (vote == RelationWorld.Kinds[kinds[row]][task] ? 1 : 0), all + (vote >= 0 ? 1 : 0));
        }

        return right / (double)all;
    }

    private static (Votes Votes, int[] Kinds) Draw(int rows, SplitMix64 random)
    {
        var kinds = new int[rows];
        var votes = new short[rows * RelationWorld.Sources * RelationWorld.Tasks];
        for (var row = 0; row < rows; row++)
        {
            kinds[row] = RelationWorld.Kind(random.Unit);
            var said = RelationWorld.Votes(kinds[row], random.Unit).SelectMany(v => v).ToArray();
            for (var i = 0; i < said.Length; i++)
            {
                votes[(row * said.Length) + i] = (short)said[i];
            }
        }

        return (new(rows, RelationWorld.Sources, RelationWorld.Tasks, votes), kinds);
    }
}
