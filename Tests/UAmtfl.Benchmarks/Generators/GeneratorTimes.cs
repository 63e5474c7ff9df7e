using System.Diagnostics;

namespace UAmtfl.Benchmarks;

/// <summary>Times the generator in the situations of an editor within seconds; <see cref="GeneratorBenchmarks"/> measures more
/// thoroughly.</summary>
/// <param name="results">Prints the results.</param>
internal sealed class GeneratorTimes(Results results) : IComparison
{
    private const int Repeats = 21;

    // .NET compiles a method to its final form after some thirty calls, which an editor has made within its first seconds.
    private const int Warmups = 40;
    private const double KeystrokeLimit = 0.010;

    /// <inheritdoc/>
    public void Check()
    {
        new GeneratorScenario(experiments: 2).RequireEqualOutput();
        Results.Checked("generator", 4);
    }

    /// <summary>Times the generator in a project of one experiment and in one of a hundred.</summary>
    public void Measure()
    {
        foreach (var experiments in (int[])[1, 100])
        {
            var scenario = new GeneratorScenario(experiments);
            var cold = Median(() => { }, scenario.Cold);
            var declaration = Median(scenario.TypeInDeclaration, scenario.Keystroke);
            var body = Median(scenario.TypeInBody, scenario.Keystroke);
            // Measured last, because each run starts from the state before all edits, so that every later run would read the edited
            // experiment again.
            var experiment = Median(scenario.TypeInExperiment, scenario.Keystroke);
            var nothing = Median(() => { }, scenario.NoChange);
            Results.Title(
                $"generator, {experiments} experiment{(experiments == 1 ? "" : "s")} of ten tasks and five variants (median of "
                    + $"{Repeats})");
            Results.ShowTime("cold", cold);
            Results.ShowTime("no change", nothing);
            results.Verdict(
                "keystroke in a declaration of another file",
                Results.Milliseconds(declaration),
                "",
                "at most 10 ms",
                declaration <= KeystrokeLimit);
            results.Verdict(
                "keystroke in the declaration of an experiment",
                Results.Milliseconds(experiment),
                "",
                "at most 10 ms",
                experiment <= KeystrokeLimit);
            results.Verdict(
                "keystroke in a method of another file", Results.Milliseconds(body), "", "at most 10 ms", body <= KeystrokeLimit);
        }
    }

    private static double Median<T>(Action prepare, Func<T> run)
    {
        var times = new List<double>();
        for (var i = -Warmups; i < Repeats; i++)
        {
            prepare();
            var start = Stopwatch.GetTimestamp();
            GC.KeepAlive(run());
            if (i >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }

        times.Sort();
        return times[Repeats / 2];
    }
}
