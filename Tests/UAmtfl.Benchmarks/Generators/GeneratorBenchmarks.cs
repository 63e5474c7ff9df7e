using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;

namespace UAmtfl.Benchmarks;

/// <summary>The generator in an editor's three situations, for BenchmarkDotNet.</summary>
[InProcess, WarmupCount(3), IterationCount(15)]
[MemoryDiagnoser]
public class GeneratorBenchmarks
{
    private GeneratorScenario scenario = null!;

    /// <summary>How many experiments the project has.</summary>
    [Params(1, 100)]
    public int Experiments { get; set; }

    /// <summary>Parses the project and runs the generator once.</summary>
    [GlobalSetup]
    public void Open() => scenario = new(Experiments);

    /// <summary>The first run.</summary>
    [Benchmark]
    public GeneratorDriver Cold() => scenario.Cold();

    /// <summary>A run after an edit of a method in a file without experiments; replacing the file is part of the time.</summary>
    [Benchmark]
    public GeneratorDriver Keystroke()
    {
        scenario.TypeInBody();
        return scenario.Keystroke();
    }

    /// <summary>The same after an edit of a declaration.</summary>
    [Benchmark]
    public GeneratorDriver KeystrokeInDeclaration()
    {
        scenario.TypeInDeclaration();
        return scenario.Keystroke();
    }

    /// <summary>The same after an edit in the declaration of an experiment, which is then read again.</summary>
    [Benchmark]
    public GeneratorDriver KeystrokeInExperiment()
    {
        scenario.TypeInExperiment();
        return scenario.Keystroke();
    }

    /// <summary>A run after nothing.</summary>
    [Benchmark]
    public GeneratorDriver NoChange() => scenario.NoChange();
}
