using UAmtfl.Data;
using static System.Math;

namespace UAmtfl.WeakSupervision;

/// <summary>Fits label models to votes.</summary>
public static class LabelModelFit
{
    /// <summary>The largest gradient, or change of a probability in a further step, of an estimate that has converged.</summary>
    private const double Converged = 1e-7;

    /// <summary>The least number of votes whose accuracy has an interval.</summary>
    private const double LeastVotes = 100;

    /// <summary>The number of parts of the rows that are left out in turn for intervals.</summary>
    private const int Parts = 10;

    /// <summary>The 97.5 % point of Student's distribution with nine degrees of freedom.</summary>
    private const double NinetyFive = 2.262157162740992;

    /// <summary>Fits a label model.</summary>
    /// <param name="table">The votes. <see cref="WeakLabelModel.MajorityVote"/> and <see cref="WeakLabelModel.WeightedMajority"/> need
    /// those on one task.</param>
    /// <param name="plan">The model and its options.</param>
    /// <param name="dependencies">The pairs of sources that depend on each other, by name; those of other sources are left out.</param>
    /// <param name="balance">P(Y), [k], if it is known; null to estimate it, or to take equal shares, as the plan says.</param>
    /// <exception cref="DataException">The votes do not determine the model; the message names the sources.</exception>
    public static LabelModel Fit(
        VoteTable table, WeakLabelPlan plan, IReadOnlyList<(string First, string Second)>? dependencies = null,
        IReadOnlyList<double>? balance = null) => Prepare(table, plan, dependencies ?? [], balance).Fit(table.Weights, null);

    /// <summary>Fits a label model, and again without each tenth of the rows, which gives intervals for the accuracies of the sources
    /// (a grouped jackknife).</summary>
    /// <inheritdoc cref="Fit"/>
    /// <returns>The model, and by source and task of the table the half-width of the 95 % interval of
    /// <see cref="LabelModel.Accuracy"/>.</returns>
    public static (LabelModel Model, double[][] HalfWidths) FitWithIntervals(
        VoteTable table, WeakLabelPlan plan, IReadOnlyList<(string First, string Second)>? dependencies = null,
        IReadOnlyList<double>? balance = null)
    {
        var fit = Prepare(table, plan, dependencies ?? [], balance);
        var model = fit.Fit(table.Weights, null);
        var tasks = table.Labels.Tasks.Count;
        var left = new double[Parts][][];
        for (var part = 0; part < Parts && model is FactorModel; part++)
        {
            var weights = (double[])table.Weights.Clone();
            for (var row = part; row < table.PatternOf.Length; row += Parts)
            {
                weights[table.PatternOf[row]]--;
            }

            try
            {
                left[part] = Accuracies(fit.Fit(weights, model as FactorModel), table, tasks);
            }
            catch (DataException)
            {
                model.Notes = [.. model.Notes, "no interval is known, because without a tenth of the rows the votes say too little"];
                break;
            }
        }

        var said = SymbolCounts(table);
        double Of(int source, int task) => Array.TrueForAll(left, part => part is not null)
            && table.Sources[source].Alphabet.Zip(said[source], (votes, count) => votes[task] >= 0 ? count : 0).Sum() >= LeastVotes
            ? HalfWidth([.. left.Select(part => part[source][task])])
            : double.NaN;
        return (
            model, [.. Enumerable.Range(0, table.Sources.Count).Select(s => Enumerable.Range(0, tasks).Select(t => Of(s, t)).ToArray())]);
    }

    /// <summary>How often each source says each of its symbols, [m][symbols].</summary>
    private static double[][] SymbolCounts(VoteTable table)
    {
        var counts = table.Sources.Select(s => new double[s.Alphabet.Count]).ToArray();
        for (var p = 0; p < table.Patterns; p++)
        {
            var symbols = table.Pattern(p);
            for (var source = 0; source < symbols.Length; source++)
            {
                counts[source][symbols[source]] += table.Weights[p];
            }
        }

        return counts;
    }

    /// <summary>The accuracy of each source on each task, [m][t].</summary>
    private static double[][] Accuracies(LabelModel model, VoteTable table, int tasks) =>
        [.. table.Sources.Select((_, s) => Enumerable.Range(0, tasks).Select(t => model.Accuracy(s, t)).ToArray())];

    private static double HalfWidth(double[] estimates)
    {
        var mean = estimates.Average();
        return NinetyFive * Sqrt((Parts - 1) / (double)Parts * estimates.Sum(e => (e - mean) * (e - mean)));
    }

    private static Prepared Prepare(
        VoteTable table, WeakLabelPlan plan, IReadOnlyList<(string First, string Second)> dependencies, IReadOnlyList<double>? balance)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(plan);
        var k = table.Labels.Vectors.Count;
        CheckBalance(balance, k);
        if (plan.Model is WeakLabelModel.MajorityVote or WeakLabelModel.WeightedMajority)
        {
            return new(
                (weights, _) => plan.Model == WeakLabelModel.MajorityVote
                    ? new MajorityModel(table, [.. table.Sources.Select(_ => 1.0)])
                    : MajorityModel.Weighted(table.With(weights)),
                [.. Constant(table).Select(s => $"source '{table.Sources[s].Name}' says the same of every row, and is counted")]);
        }

        var shares = balance?.ToArray() ?? (plan.Balance == ClassBalance.Uniform ? [.. Enumerable.Repeat(1.0 / k, k)] : null);
        var graph = new SourceGraph(
            table.Sources.Count,
            plan.Model == WeakLabelModel.MeTaL && plan.Dependencies == SourceDependencies.Declared ? Edges(table, dependencies) : []);
        RequireThree(table, graph);
        var notes = Notes(table, graph);
        if (k == 2 && plan.Model != WeakLabelModel.DawidSkene && Small(table, graph))
        {
            var moments = new ViewMoments(table, graph.Components);
            if (moments.Count <= TwoVectors.MostStatistics)
            {
                var exact = new TwoVectors(table, moments, shares, plan.Abstentions);
                return new((weights, _) => exact.Fit(moments.Sums(weights), weights), notes);
            }
        }

        return new((weights, start) => new Likelihood(table.With(weights), graph, shares, plan.Abstentions).Fit(start), notes);
    }

    private static bool Small(VoteTable table, SourceGraph graph) =>
        graph.Components.All(c => CliqueTable.Size(c, [.. table.Sources.Select(s => s.Alphabet.Count)], 2) <= CliqueTable.Most);

    private static void CheckBalance(IReadOnlyList<double>? balance, int k)
    {
        if (balance is not null
            && (balance.Count != k || balance.Any(p => !(p > 0 && p <= 1)) || Abs(balance.Sum() - 1) > 1e-6))
        {
            throw new DataException(FormattableString.Invariant(
                $"the shares of the label vectors are [{string.Join(", ", balance)}]; they must be {k} numbers above 0 that sum to 1"));
        }
    }

    private static IEnumerable<(int, int)> Edges(VoteTable table, IReadOnlyList<(string First, string Second)> dependencies)
    {
        var place = table.Sources.Index().ToDictionary(s => s.Item.Name, s => s.Index);
        return dependencies.Where(d => place.ContainsKey(d.First) && place.ContainsKey(d.Second))
            .Select(d => (place[d.First], place[d.Second]));
    }

    private static void RequireThree(VoteTable table, SourceGraph graph)
    {
        var constant = Constant(table);
        var groups = graph.Components.Where(c => !c.All(constant.Contains)).ToList();
        if (groups.Count < 3)
        {
            var names = string.Join("; ", groups.Select(c => string.Join(", ", c.Select(s => table.Sources[s].Name))));
            var same = string.Join(", ", constant.Select(s => table.Sources[s].Name));
            var say = constant.Count == 1 ? "says" : "say";
            var why = (names.Length > 0 ? $" ({names})" : "") + (same.Length > 0 ? $", as {same} {say} the same of every row" : "");
            throw new DataException(
                $"a label model needs at least three sources that do not depend on each other, and there are {groups.Count}{why}: add "
                + "sources, or use WeakLabelModel.MajorityVote");
        }
    }

    /// <summary>The sources that say the same of every row.</summary>
    private static List<int> Constant(VoteTable table) =>
        [.. SymbolCounts(table).Index().Where(s => s.Item.Count(count => count > 0) < 2).Select(s => s.Index)];

    private static List<string> Notes(VoteTable table, SourceGraph graph)
    {
        string Name(int source) => $"'{table.Sources[source].Name}'";
        var notes = graph.Added
            .Select(e => $"sources {Name(e.First)} and {Name(e.Second)} count as dependent too, so that every cycle of dependencies has "
                + "a chord")
            .ToList();
        notes.AddRange(Constant(table).Select(
            source => $"source {Name(source)} says the same of every row, so that it tells nothing of the labels"));
        return [.. notes, .. Copies(table, graph)];
    }

    /// <summary>Names the pairs of sources that say the same wherever both vote, if that is more than one thing.</summary>
    private static IEnumerable<string> Copies(VoteTable table, SourceGraph graph)
    {
        var component = graph.Components.Index().SelectMany(c => c.Item.Select(s => (Source: s, c.Index)))
            .ToDictionary(c => c.Source, c => c.Index);
        var m = table.Sources.Count;
        var pairs = Enumerable.Range(0, m).SelectMany(a => Enumerable.Range(a + 1, m - a - 1).Select(b => (First: a, Second: b)))
            .Where(p => component[p.First] != component[p.Second]).ToDictionary(p => p, _ => new HashSet<int>());
        for (var p = 0; p < table.Patterns && pairs.Count > 0; p++)
        {
            var symbols = table.Pattern(p).ToArray();
            foreach (var ((first, second), said) in pairs
                .Where(pair => symbols[pair.Key.First] > 0 && symbols[pair.Key.Second] > 0).ToList())
            {
                said.Add(symbols[first]);
                if (!VotesOf(first, symbols[first]).SequenceEqual(VotesOf(second, symbols[second])))
                {
                    pairs.Remove((first, second));
                }
            }
        }

        return pairs.Where(p => p.Value.Count > 1).Select(p =>
            $"sources '{table.Sources[p.Key.First].Name}' and '{table.Sources[p.Key.Second].Name}' say the same wherever both vote: if "
            + "one copies the other, declare it with [Depends]");

        int[] VotesOf(int source, int symbol) => table.Sources[source].Alphabet[symbol];
    }

    /// <summary>A fit that can be repeated with other weights of the patterns.</summary>
    private sealed record Prepared(Func<double[], FactorModel?, LabelModel> Estimate, IReadOnlyList<string>? Notes = null)
    {
        public LabelModel Fit(double[] weights, FactorModel? start)
        {
            var model = Estimate(weights, start);
            model.Notes = [.. model.Notes, .. Notes ?? []];
            if (model.Certificate is { Gradient: > Converged } end)
            {
                var steps = FormattableString.Invariant($"in {end.Iterations} steps, the last of which left {end.Gradient:0.0e-0}");
                model.Notes = [.. model.Notes, $"the estimate has not converged {steps}"];
            }

            return model;
        }
    }
}
