using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;

namespace UAmtfl.Benchmarks;

/// <summary>Times the generator with BenchmarkDotNet: when a project is opened, after an edit of a file, and when nothing has
/// changed.</summary>
[InProcess, WarmupCount(3), IterationCount(15)]
[MemoryDiagnoser]
public class GeneratorBenchmarks
{
    private GeneratorScenario scenario = null!;

    /// <summary>The number of experiments in the project.</summary>
    [Params(1, 100)]
    public int Experiments { get; set; }

    /// <summary>Parses the project and runs the generator once.</summary>
    [GlobalSetup]
    public void Open() => scenario = new(Experiments);

    /// <summary>Times the first run of the generator, as when a project is opened.</summary>
    [Benchmark]
    public GeneratorDriver Cold() => scenario.Cold();

    /// <summary>Times a run after an edit in a method's body, in a file without experiments; replacing the file is part of the
    /// time.</summary>
    [Benchmark]
    public GeneratorDriver Keystroke()
    {
        scenario.TypeInBody();
        return scenario.Keystroke();
    }

    /// <summary>Times a run after an edit of a method's name, in a file without experiments; replacing the file is part of the
    /// time.</summary>
    [Benchmark]
    public GeneratorDriver KeystrokeInDeclaration()
    {
        scenario.TypeInDeclaration();
        return scenario.Keystroke();
    }

    /// <summary>Times a run after an edit in the declaration of an experiment, which the generator then reads again.</summary>
    [Benchmark]
    public GeneratorDriver KeystrokeInExperiment()
    {
        scenario.TypeInExperiment();
        return scenario.Keystroke();
    }

    /// <summary>Times a run on a project in which nothing has changed.</summary>
    [Benchmark]
    public GeneratorDriver NoChange() => scenario.NoChange();
}
