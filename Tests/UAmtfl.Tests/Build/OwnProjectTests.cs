using System.Diagnostics;
using UAmtfl.Tests.Data;
using UAmtfl.Tests.EndToEnd;

namespace UAmtfl.Tests.Build;

/// <summary>A user's own program with a library beside it: published as a single file into its project's folder, run there, and built again.</summary>
public sealed class OwnProjectTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>One test, because each step needs what the one before left.</summary>
    [LinuxFact]
    public void ARunAndAPublishedProgramInTheProjectsFolderAreNoInputOfTheNextBuild()
    {
        WriteProjects();
        var app = folder.File("app");
        Succeeds(app, "dotnet", "publish", "-c", ProgramRun.Configuration, "-nodeReuse:false", "-r", "linux-x64", "--self-contained", "false", "-p:PublishSingleFile=true", "-p:CreateHardLinksForPublishFilesIfPossible=true", "-o", "out");
        var program = Path.Combine(app, "out", "App");
        Assert.False(File.Exists($"{program}.dll"), "the program is not a single file");

        // The library's internals are visible to the program, and each has experiments.
        var list = Succeeds(app, program, "list");
        Assert.Contains("of-the-program: OfTheProgram", list);
        Assert.Contains("of-the-library: OfTheLibrary", list);

        // A worker is the single file again; what a library's experiment was generated from is kept too.
        Succeeds(app, program, "run", "of-the-library", "--parallel", "1");
        var generated = Assert.Single(Directory.GetDirectories(Path.Combine(app, "runs"))) + "/generated";
        Assert.Equal(["Lib.OfTheLibrary+Mtl.g.cs.txt", "Lib.OfTheLibrary+Net.g.cs.txt", "Lib.OfTheLibrary.g.cs.txt"], Directory.GetFiles(generated).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.GetFiles(Path.Combine(app, "out"), "*.cs", SearchOption.AllDirectories));

        // As an earlier version, or a copy by hand, may have left it: what lies below runs is no source in any case.
        File.WriteAllText(Path.Combine(generated, "Old.cs"), "this is no C#");
        Succeeds(app, "dotnet", "build", "-c", ProgramRun.Configuration, "-nodeReuse:false", "--no-restore", "-p:BuildProjectReferences=false");
    }

    private void WriteProjects()
    {
        foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        {
            Write(name, $"""<Project><Import Project="{Path.Combine(ProgramRun.Root, name)}" /></Project>""");
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
        Write("lib/OfTheLibrary.cs", Experiment("Lib", "internal", "of-the-library", "OfTheLibrary"));
        Write("app/OfTheProgram.cs", Experiment("App", "public", "of-the-program", "OfTheProgram"));
        Write("app/Program.cs", """
            using UAmtfl;
            using UAmtfl.Hosting;

            return await ExperimentProgram.RunAsync(args, services => services.AddExperiments().AddLibExperiments());
            """);
    }

    private static string Experiment(string space, string access, string name, string type) => $$"""
        using UAmtfl;

        namespace {{space}};

        [Experiment("{{name}}", Seeds = 1), Dataset<Lib.Toy>, Training(Epochs = 1, BatchSize = 20), Adam(1e-2)]
        {{access}} static partial class {{type}}
        {
            [Regression] public enum Task { A, B }
            [Input(4), Linear(4), ReLU] public partial class Net;
            [Baseline, HardSharing] public partial class Mtl;
        }
        """;

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
        File.WriteAllText(folder.File(name), text);
    }

    private static string Succeeds(string where, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = where, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{Path.GetFileName(program)} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}{errors.Result}");
        return output;
    }
}
