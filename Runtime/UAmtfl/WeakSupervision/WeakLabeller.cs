using UAmtfl.Data;

namespace UAmtfl.WeakSupervision;

/// <summary>Makes the labels of a variant from the votes on its training rows.</summary>
public sealed class WeakLabeller
{
    private const int Bins = 10;

    private readonly WeakDeclaration declaration;
    private readonly Votes votes;
    private readonly IReadOnlyList<string> tasks;
    private readonly IReadOnlyList<WeakSource> sources;

    /// <summary>Adds to the votes what they imply, and checks them.</summary>
    /// <param name="declaration">The sources, their dependencies and the feasible label vectors.</param>
    /// <param name="votes">The votes of all sources.</param>
    /// <param name="tasks">The names of the tasks, in the order of the columns.</param>
    /// <exception cref="DataException">A source votes for labels that no feasible vector has together, or abstains on every
    /// row.</exception>
    public WeakLabeller(WeakDeclaration declaration, Votes votes, IReadOnlyList<string> tasks)
    {
        ArgumentNullException.ThrowIfNull(declaration);
        (this.declaration, this.tasks) = (declaration, tasks);
        sources = [.. declaration.AllSources];
        this.votes = declaration.Labels.Aggregate(votes, (all, labels) => all.Completed(labels, sources, tasks));

        // What is implied is on other tasks of the same set.
        sources = [.. sources.Select(s => s with
        {
            Tasks = [.. declaration.Labels.Where(l => l.Tasks.Intersect(s.Tasks).Any()).SelectMany(l => l.Tasks)],
        })];
        RequireVotes();
    }

    /// <summary>Fits the label models and computes the labels.</summary>
    /// <param name="plan">The label model and its options.</param>
    /// <param name="truth">The true labels of the training rows, [T][N], −1 for one that is missing. They are only compared with, and no
    /// label is made from them.</param>
    /// <param name="validation">The true labels of the validation rows, [T][N'], −1 for one that is missing, for
    /// <see cref="ClassBalance.Validation"/>.</param>
    /// <param name="trained">The columns of the tasks that need labels; null for all.</param>
    /// <returns>The probabilities of the classes, [T][N · classes], NaN for a row without a label and null for a task that has no
    /// classes or needs no labels; with what there is to report.</returns>
    /// <exception cref="DataException">The votes do not determine the model; the message names the source.</exception>
    public (float[]?[] Probabilities, WeakReport Report) Label(
        WeakLabelPlan plan, short[][] truth, short[][] validation, IReadOnlyCollection<int>? trained = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(validation);
        var probabilities = new float[tasks.Count][];
        var (sourceReports, taskReports) = (new List<SourceReport>(), new List<WeakTaskReport>());
        var (groups, notes) = (new List<WeakGroupReport>(), new List<string>());
        foreach (var labels in Sets(plan).Where(set => trained is null || set.Tasks.Any(trained.Contains)))
        {
            var table = VoteTable.Of(labels, sources, votes);
            if (!table.Symbols.AsSpan().ContainsAnyExcept((ushort)0))
            {
                throw new DataException(
                    $"no source votes on {string.Join(", ", labels.Tasks.Select(t => tasks[t]))} in the training set: add a source, or "
                    + $"leave the task{(labels.Tasks.Count == 1 ? "" : "s")} out");
            }

            var (model, halfWidths) = Named(labels, () => LabelModelFit.FitWithIntervals(
                table, plan, declaration.Dependencies, BalanceOf(plan, labels, validation)));
            var posteriors = model.Posteriors(table);
            notes.AddRange(model.Notes);
            groups.Add(Group(labels, table, model));
            for (var t = 0; t < labels.Tasks.Count; t++)
            {
                var column = labels.Tasks[t];
                var marginals = posteriors.Select(p => LabelModel.Marginal(labels, p, t)).ToArray();
                probabilities[column] = Spread(table, marginals);
                taskReports.Add(TaskReport(column, labels.Classes[t], probabilities[column], truth[column]));
                var statistics = new VoteStatistics(votes, column, truth[column]);
                foreach (var (s, source) in table.Sources.Index().Where(s => Covers(s.Item.Index, column)
                    && statistics.Votes(s.Item.Index)))
                {
                    var report = statistics.Of(source.Index, source.Name, tasks[column], model.Accuracy(s, t), halfWidths[s][t]);
                    sourceReports.Add(report);
                    notes.AddRange(Worse(report, labels.Classes[t]));
                }
            }
        }

        return (probabilities, new WeakReport
        {
            Model = plan.Model, Sources = sourceReports, Tasks = taskReports, Groups = groups, Notes = [.. notes.Distinct()],
        });
    }

    /// <summary>True if a source votes on a task itself, and not only on one that implies something of it.</summary>
    private bool Covers(int source, int column) => declaration.AllSources.ElementAt(source).Tasks.Contains(column);

    /// <summary>Refuses a source that says nothing.</summary>
    private void RequireVotes()
    {
        for (var source = 0; source < sources.Count; source++)
        {
            var says = false;
            for (var row = 0; row < votes.Rows && !says; row++)
            {
                var own = votes.Values.AsSpan(((row * votes.Sources) + source) * votes.Tasks, votes.Tasks);
                says = own.IndexOfAnyInRange((short)0, short.MaxValue) >= 0;
            }

            if (!says)
            {
                throw new DataException($"source '{sources[source].Name}' abstains on every training row: mend it, or leave it out");
            }
        }
    }

    /// <summary>The sets of tasks that are modelled together.</summary>
    private IEnumerable<FeasibleLabels> Sets(WeakLabelPlan plan) => plan.Model == WeakLabelModel.MeTaL
        ? declaration.Labels
        : declaration.Labels.SelectMany(set => set.Tasks.Select((_, t) => set.Alone(t)));

    private T Named<T>(FeasibleLabels labels, Func<T> fit)
    {
        try
        {
            return fit();
        }
        catch (DataException wrong)
        {
            throw new DataException($"label model of {string.Join(", ", labels.Tasks.Select(t => tasks[t]))}: {wrong.Message}", wrong);
        }
    }

    /// <summary>Returns P(Y) if it is given, or counted in the validation set.</summary>
    private double[]? BalanceOf(WeakLabelPlan plan, FeasibleLabels labels, short[][] validation)
    {
        if (plan.Prior.Count > 0)
        {
            if (declaration.Labels is not [var all] || plan.Prior.Count != all.Vectors.Count)
            {
                throw new DataException(
                    declaration.Labels.Count > 1
                        ? $"Prior gives the shares of one set of tasks, and there are {declaration.Labels.Count}, which nothing connects: "
                            + "use Balance"
                        : $"Prior has {plan.Prior.Count} shares, but there are {declaration.Labels[0].Vectors.Count} feasible label "
                            + "vectors: give one share for each, or use Balance");
            }

            return ReferenceEquals(all, labels) ? [.. plan.Prior]
                : LabelModel.Marginal(all, plan.Prior, all.Tasks.ToList().IndexOf(labels.Tasks[0]));
        }

        if (plan.Balance != ClassBalance.Validation)
        {
            return null;
        }

        var counts = labels.Vectors.Select(y => (double)Enumerable.Range(0, validation[0].Length)
            .Count(row => labels.Tasks.Select((t, i) => validation[t][row] == y[i]).All(same => same))).ToArray();
        return counts.Sum() > 0
            ? [.. counts.Select(c => (c + 1) / (counts.Sum() + counts.Length))]      // no share is 0
            : throw new DataException(
                "no validation row has a feasible label vector, from which Balance = ClassBalance.Validation would count: choose another "
                + "one");
    }

    /// <summary>Gives each row the probabilities of its votes, NaN if no source votes.</summary>
    private static float[] Spread(VoteTable table, double[][] marginals)
    {
        var classes = marginals[0].Length;
        var spread = new float[table.PatternOf.Length * classes];
        for (var row = 0; row < table.PatternOf.Length; row++)
        {
            var pattern = table.PatternOf[row];
            var votes = table.Pattern(pattern).ContainsAnyExcept((ushort)0);
            for (var c = 0; c < classes; c++)
            {
                spread[(row * classes) + c] = votes ? (float)marginals[pattern][c] : float.NaN;
            }
        }

        return spread;
    }

    private WeakTaskReport TaskReport(int column, int classes, float[] probabilities, short[] truth)
    {
        var (labelled, sums, right, rows) = (0, new double[Bins], new int[Bins], new int[Bins]);
        for (var row = 0; row < truth.Length; row++)
        {
            var own = probabilities.AsSpan(row * classes, classes);
            if (float.IsNaN(own[0]))
            {
                continue;
            }

            labelled++;
            var best = 0;
            for (var c = 1; c < classes; c++)
            {
                best = own[c] > own[best] ? c : best;
            }

            if (truth[row] >= 0)
            {
                var bin = Math.Min((int)(own[best] * Bins), Bins - 1);
                (sums[bin], right[bin], rows[bin]) = (sums[bin] + own[best], right[bin] + (truth[row] == best ? 1 : 0), rows[bin] + 1);
            }
        }

        return new(
            tasks[column], labelled / (double)truth.Length, rows.Sum() == 0 ? double.NaN : right.Sum() / (double)rows.Sum(),
            [
                .. Enumerable.Range(0, Bins).Where(b => rows[b] > 0)
                    .Select(b => new CalibrationBin(sums[b] / rows[b], right[b] / (double)rows[b], rows[b])),
            ]);
    }

    private static IEnumerable<string> Worse(SourceReport report, int classes)
    {
        if (report.Accuracy + report.HalfWidth < 1.0 / classes)
        {
            yield return $"source '{report.Source}' is worse than guessing on {report.Task}, so that its votes count against what they "
                + "say";
        }
    }

    private WeakGroupReport Group(FeasibleLabels labels, VoteTable table, LabelModel model) => new(
        [.. labels.Tasks.Select(t => tasks[t])], labels.Vectors, model.Balance, model.Certificate,
        model is not FactorModel factors ? []
            : [.. factors.Cliques.Select(c => new CliqueReport(
                [.. c.Members.Select(s => table.Sources[s].Name)], [.. c.Members.Select(s => table.Sources[s].Alphabet)], c.Values))]);
}
