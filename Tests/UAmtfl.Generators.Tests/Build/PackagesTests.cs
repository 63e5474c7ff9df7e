using UAmtfl.Tests.Support;

namespace UAmtfl.Generators.Tests.Build;

/// <summary>A stranger follows docs/tutorial.md in an empty folder, with the packed files alone: makes a solution from the template,
/// runs its experiment, tests its generated code, adds a weighting and publishes the program.</summary>
[Collection("builds")]   // one build after the other
public sealed class PackagesTests : IDisposable
{
    private const string Version = "99.0.0";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The steps are one test because each needs the files of the step before. The cache of packages is empty; those of others
    /// come from the machine's, which is only read.</summary>
    [LinuxFact]
    public void ASolutionFromTheTemplateRunsAndItsTestsPass()
    {
        var (feed, solution) = (folder.File("feed"), folder.File("Colon"));
        Shell.Succeeds(
            Repository.Root, "dotnet", "pack", "UAmtfl.sln", "--no-build", "-c", Repository.Configuration, "-nodeReuse:false", "-o", feed,
            $"-p:PackageVersion={Version}", "-p:IncludeSymbols=false");
        string[] packages = ["UAmtfl", "UAmtfl.Hosting", "UAmtfl.Images", "UAmtfl.Templates", "UAmtfl.Testing"];
        Assert.Equal(
            packages.Select(name => $"{name}.{Version}.nupkg"),
            Directory.GetFiles(feed, "*.nupkg").Select(Path.GetFileName).Order(StringComparer.Ordinal));

        WriteNuGetConfig(feed);
        var output = Shell.Succeeds(folder.Path, "bash", "-euo", "pipefail", "-c", string.Join('\n', TutorialCommands()));
        Assert.Contains("Passed:     1", output);
        Assert.Contains("UAmtfl: helped", output);
        var runs = Directory.GetDirectories(Path.Combine(solution, "runs"));
        Assert.Equal(2, runs.Length);
        Assert.All(runs, run => Assert.True(File.Exists(Path.Combine(run, "report.html"))));

        ChangeTheProgram(solution);
        PublishAndRun(Path.Combine(solution, "Colon"), runs[0]);
    }

    /// <summary>Adds a weighting with an attribute, and a variant with it; the first build has a misspelt column, which is an error of the
    /// compiler under the word.</summary>
    private static void ChangeTheProgram(string solution)
    {
        File.WriteAllText(Path.Combine(solution, "Colon", "Steady.cs"), """
            using UAmtfl.Weighting;

            namespace Colon;

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
        var declaration = Path.Combine(solution, "Colon", "Patients.cs");
        var text = File.ReadAllText(declaration).Replace(
            "    [HardSharing]\n", "    [HardSharing, Steady] public partial class Weighed;\n\n    [HardSharing]\n");
        File.WriteAllText(declaration, text.Replace("days in hospital", "days in hospitl"));
        var (code, errors) = Shell.Run(solution, "dotnet", "build", "-c", "Release", "--no-restore", "Colon");
        Assert.Equal(1, code);
        Assert.Contains("Patients.cs(", errors);
        Assert.Contains("days in hospitl", errors);
        File.WriteAllText(declaration, text);
    }

    /// <summary>Publishes the program as a single file into its project's folder and runs it there. What lies in the folder of runs is not
    /// compiled, even a C# file left there by hand.</summary>
    private static void PublishAndRun(string project, string earlier)
    {
        Directory.CreateDirectory(Path.Combine(project, "runs"));
        Directory.Move(earlier, Path.Combine(project, "runs", "earlier"));
        File.WriteAllText(Path.Combine(project, "runs", "earlier", "generated", "Old.cs"), "this is no C#");
        Shell.Succeeds(
            project, "dotnet", "publish", "-c", "Release", "-r", "linux-x64", "--self-contained", "false", "-p:PublishSingleFile=true",
            "-p:CreateHardLinksForPublishFilesIfPossible=true", "-o", "out");
        var program = Path.Combine(project, "out", "Colon");
        Assert.False(File.Exists($"{program}.dll"), "the program is not a single file");
        Assert.Empty(Directory.GetFiles(Path.Combine(project, "out"), "*.cs", SearchOption.AllDirectories));

        // The program starts itself as its worker, and the user's own attribute has settings.
        var run = Shell.Succeeds(
            project, program, "run", "patients", "--variant", "Alone", "--variant", "Weighed", "--seeds", "1", "--epochs", "2",
            "--output", "weighed", "--patients:Weighed:SteadyPatience", "4");
        Assert.Contains("Weighed", run);
        var folder = Assert.Single(Directory.GetDirectories(Path.Combine(project, "weighed")));
        Assert.Contains("\"SteadyPatience\": 4", File.ReadAllText(Path.Combine(folder, "run.json")));
        Assert.Contains("\"SteadyPull\": 0.25", File.ReadAllText(Path.Combine(folder, "run.json")));
        Assert.Contains(
            "Colon.Patients+Weighed.g.cs.txt", Directory.GetFiles(Path.Combine(folder, "generated")).Select(Path.GetFileName));
    }

    /// <summary>The commands of docs/tutorial.md. The template is installed into a home of its own, no build server stays, trainings are
    /// short, and a program that is built is not looked at again.</summary>
    private IEnumerable<string> TutorialCommands()
    {
        yield return $"export DOTNET_CLI_HOME='{folder.File("home")}' DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1";
        yield return "export UAMTFL_patients__Training__Epochs=3";
        var built = new HashSet<string>();
        var tutorial = File.ReadAllText(Path.Combine(Repository.Root, "docs/tutorial.md")).ReplaceLineEndings("\n");
        foreach (var block in tutorial.Split("\n```sh\n").Skip(1))
        {
            var command = block[..block.IndexOf("\n```", StringComparison.Ordinal)];
            var verb = command.Contains("dotnet test ", StringComparison.Ordinal) ? "dotnet test " : "dotnet run ";
            yield return built.Contains(verb) ? command.Replace(verb, $"{verb}--no-build ", StringComparison.Ordinal) : command;
            if (command.StartsWith(verb, StringComparison.Ordinal))
            {
                built.Add(verb);
            }
        }
    }

    private void WriteNuGetConfig(string feed)
    {
        var machine = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        File.WriteAllText(folder.File("nuget.config"), $"""
            <configuration>
              <packageSources><clear /><add key="packed" value="{feed}" /></packageSources>
              <config><add key="globalPackagesFolder" value="{folder.File("packages")}" /></config>
              <fallbackPackageFolders><clear /><add key="machine" value="{machine}" /></fallbackPackageFolders>
            </configuration>
            """);
    }
}
