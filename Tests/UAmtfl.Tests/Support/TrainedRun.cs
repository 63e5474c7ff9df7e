using Spectre.Console;
using UAmtfl.Descriptors;
using UAmtfl.Hosting;

namespace UAmtfl.Tests.Support;

/// <summary>A run folder with trained models, and the verbs that read it.</summary>
internal static class TrainedRun
{
    /// <summary>Makes the folder of a run in which the first seed is finished, and returns its path.</summary>
    /// <param name="output">The folder in which the run folder is made.</param>
    /// <param name="experiment">The experiment.</param>
    /// <param name="seeds">The number of seeds.</param>
    /// <param name="variants">The names of the variants.</param>
    public static string Make(TemporaryFolder output, ExperimentDescriptor experiment, int seeds, params string[] variants)
    {
        var options = new RunOptions { Experiment = experiment.Name, Seeds = seeds, Variants = variants };
        var resolved = RunResolver.Resolve([experiment], options, TestSettings.Configuration());
        using var made = RunFolder.Create(output.Path, RunManifest.Of(resolved, options, 0, DateTime.UnixEpoch));
        foreach (var name in variants)
        {
            var cell = made.Cell(new(name, 1));
            cell.BeginMetrics(experiment.Tasks).Dispose();
            cell.Finish(SavedModel.Train(experiment, name), experiment.Tasks);
        }

        return made.FullPath;
    }

    /// <summary>Executes a command line, and returns what it writes.</summary>
    public static async Task<string> Invoke(ExperimentDescriptor experiment, params string[] line)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Interactive = InteractionSupport.No });
        Assert.Equal(0, await Verbs.InvokeAsync(new(
            line, line, [], services => services.AddExperiment(experiment), console, new ErrorLines(console, verbose: false))));
        return output.ToString();
    }
}
