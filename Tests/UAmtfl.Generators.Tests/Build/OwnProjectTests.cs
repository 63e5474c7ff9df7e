using System.Diagnostics;
using UAmtfl.Tests.Support;

namespace UAmtfl.Generators.Tests.Build;

/// <summary>A user's program with a library is published as a single file into its project's folder, run there, and built
/// again.</summary>
[Collection("builds")]   // one build after the other
public sealed class OwnProjectTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The steps are one test because each needs the files of the step before.</summary>
    [LinuxFact]
    public void ARunAndAPublishedProgramInTheProjectsFolderAreNoInputOfTheNextBuild()
    {
        WriteProjects();
        var app = folder.File("app");
        Succeeds(
            app,
            "dotnet",
            "publish",
            "-c",
            Repository.Configuration,
            "-nodeReuse:false",
            "-r",
            "linux-x64",
            "--self-contained",
            "false",
            "-p:PublishSingleFile=true",
            "-p:CreateHardLinksForPublishFilesIfPossible=true",
            "-o",
            "out");
        var program = Path.Combine(app, "out", "App");
        Assert.False(File.Exists($"{program}.dll"), "the program is not a single file");

        // The program lists its own experiments and the library's, although it sees the library's internals.
        var list = Succeeds(app, program, "list");
        Assert.Contains("of-the-program: OfTheProgram", list);
        Assert.Contains("of-the-library: OfTheLibrary", list);

        // The program starts itself as its worker, and keeps the generated code of a library's experiment as well.
        Succeeds(app, program, "run", "of-the-library", "--parallel", "1");
        var generated = Assert.Single(Directory.GetDirectories(Path.Combine(app, "runs"))) + "/generated";
        Assert.Equal(
            ["Lib.OfTheLibrary+Mtl.g.cs.txt", "Lib.OfTheLibrary+Net.g.cs.txt", "Lib.OfTheLibrary.g.cs.txt"],
            Directory.GetFiles(generated).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.GetFiles(Path.Combine(app, "out"), "*.cs", SearchOption.AllDirectories));

        // The library's weighting trains by an attribute of the library, and its settings can be changed from the command line.
        var weighted = Succeeds(
            app,
            program,
            "run",
            "of-the-program",
            "--parallel",
            "1",
            "--output",
            "weighted",
            "--of-the-program:Weighted:SteadyPatience",
            "4");
        Assert.Contains("Weighted", weighted);
        var records = Directory.GetFiles(Path.Combine(app, "weighted"), "run.json", SearchOption.AllDirectories).Select(File.ReadAllText);
        Assert.Contains(
            records,
            r => r.Contains(
                "\"SteadyPatience\": 4", StringComparison.Ordinal) && r.Contains("\"SteadyPull\": 0.25", StringComparison.Ordinal));

        // Whatever lies in the folder of runs is not compiled, even a C# file left there by an earlier version or by hand.
        File.WriteAllText(Path.Combine(generated, "Old.cs"), "this is no C#");
        Succeeds(
            app, "dotnet", "build", "-c", Repository.Configuration, "-nodeReuse:false", "--no-restore", "-p:BuildProjectReferences=false");
    }

    private void WriteProjects()
    {
        foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        {
            Write(name, $"""<Project><Import Project="{Path.Combine(Repository.Root, name)}" /></Project>""");
        }

        Write("lib/Lib.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><UsesUAmtfl>true</UsesUAmtfl><NuGetAudit>false</NuGetAudit></PropertyGroup>
              <ItemGroup><InternalsVisibleTo Include="App" /></ItemGroup>
            </Project>
            """);
        Write("app/App.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><UsesUAmtfl>true</UsesUAmtfl><NuGetAudit>false</NuGetAudit></PropertyGroup>
              <ItemGroup><ProjectReference Include="../lib/Lib.csproj" /></ItemGroup>
            </Project>
            """);
        Write("lib/Toy.cs", """
            using UAmtfl.Data;
            using static TorchSharp.torch;

            namespace Lib;

            public sealed class Toy : IDataset
            {
                public Splits Load(DataRequest request) => new(Of(40, 1), Of(20, 2), Of(20, 3), SharedTest: true);

                private static Samples Of(int rows, ulong seed)
                {
                    using var random = new Generator(seed);
                    var inputs = randn(rows, 4, generator: random);
                    return new(inputs, inputs.narrow(1, 0, 2).clone());
                }
            }
            """);
        Write("lib/Steady.cs", """
            using UAmtfl;
            using UAmtfl.Weighting;

            namespace Lib;

            public sealed class Steady(int tasks, double pull, int patience) : GramianWeighting(tasks)
            {
                public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses) =>
                    [.. gramian.Tasks.Select(t => 1 + (pull * t / patience))];
            }

            [AttributeUsage(AttributeTargets.Class)]
            [WeightingBy<Steady>(Formula = "Σ_t w_t {0}, w steady", Scale = "weights are at least 1", Heads = HeadGradients.Weighted)]
            public sealed class SteadyAttribute : GradientWeightingAttribute
            {
                [Number(0, 2, Above = true, Default = 0.25, Summary = "How strong the pull is.")]
                public double Pull { get; init; } = 0.25;

                [Number(1, Default = 3, Summary = "How many steps it waits.")]
                public int Patience { get; init; } = 3;
            }
            """);
        Write("lib/OfTheLibrary.cs", Experiment("Lib", "internal", "of-the-library", "OfTheLibrary"));
        Write(
            "app/OfTheProgram.cs",
            Experiment("App", "public", "of-the-program", "OfTheProgram", "[HardSharing, Lib.Steady] public partial class Weighted;"));
        Write("app/Program.cs", """
            using UAmtfl;
            using UAmtfl.Hosting;

            return await ExperimentProgram.RunAsync(args, services => services.AddExperiments().AddLibExperiments());
            """);
    }

    private static string Experiment(string space, string access, string name, string type, string more = "") => $$"""
        using UAmtfl;

        namespace {{space}};

        [Experiment("{{name}}", Seeds = 1), Dataset<Lib.Toy>, Training(Epochs = 1, BatchSize = 20), Adam(1e-2)]
        {{access}} static partial class {{type}}
        {
            [Regression] public enum Task { A, B }
            [Input(4), Linear(4), ReLU] public partial class Net;
            [Baseline, HardSharing] public partial class Mtl;
            {{more}}
        }
        """;

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
        File.WriteAllText(folder.File(name), text);
    }

    private static string Succeeds(string where, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = where, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(
            process.ExitCode == 0,
            $"{Path.GetFileName(program)} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}{errors.Result}");
        return output;
    }
}
