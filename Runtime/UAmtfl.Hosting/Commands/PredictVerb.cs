using System.CommandLine;
using System.Globalization;
using TorchSharp;
using UAmtfl.Messages;
using UAmtfl.Models;

namespace UAmtfl.Hosting;

/// <summary>The verb <c>predict RUN</c>, which predicts the rows of a file with a trained model of a run.</summary>
internal static class PredictVerb
{
    /// <summary>The name of the verb.</summary>
    public const string Name = "predict";

    /// <summary>The value of <c>--seeds</c> that asks for every seed.</summary>
    private const string AllSeeds = "all";

    /// <summary>Creates the verb <c>predict</c>.</summary>
    public static Command Create(ProgramContext context)
    {
        var folder = new Argument<string>("run") { Description = "The run's folder.", Arity = ArgumentArity.ZeroOrOne };
        var variant = new Option<string>("--variant") { Description = "The variant that predicts." };
        var seed = new Option<int?>("--seed") { Description = "The seed of the model; the run's first by default." };
        var seeds = new Option<string>("--seeds")
        {
            Description = "all: predicts with the models of all seeds, and writes their mean and standard deviation.",
        };
        var input = new Option<string>("--input")
        {
            Description = "The raw inputs: CSV with names of columns, or NPY [N, …]; of a [Table], its columns by name; of an "
                + "[ImageFolder], a folder of images or one image.",
        };
        var output = new Option<string>("--output") { Description = "The file for the predictions: NAME.csv or NAME.npy." };
        var verbose = new Option<bool>(RunVerb.Verbose) { Description = "Shows stack traces." };
        var command = new Command(Name, "Predicts the rows of a file with a trained model.")
        {
            folder, variant, seed, seeds, input, output, verbose,
        };
        command.SetAction(parsed =>
        {
            context.RefuseSettings(Name);
            var run = parsed.GetValue(folder) ?? throw new UAmtflException(
                "predict needs the folder of a run, such as runs/20260102-030405-mnist-imbalanced");
            var all = parsed.GetValue(seeds);
            if (all is not (null or AllSeeds) || (all is not null && parsed.GetValue(seed) is not null))
            {
                throw new UAmtflException($"write --seed NUMBER for one model, or --seeds {AllSeeds} for those of all seeds");
            }

            Predict(
                context,
                run,
                Required(parsed.GetValue(variant), "--variant NAME"),
                all is null ? parsed.GetValue(seed) : null,
                all is not null,
                Required(parsed.GetValue(input), "--input FILE"),
                Required(parsed.GetValue(output), "--output FILE"));
            return ExitCode.Success;
        });
        return command;
    }

    private static string Required(string? value, string option) =>
        value ?? throw new UAmtflException($"predict needs {option}; predict --help says more");

    private static void Predict(
        ProgramContext context, string path, string name, int? seed, bool all, string input, string output)
    {
        PredictionFile.RequireOutput(output, input);
        var run = new RunModels(context, path, name);
        List<Cell> chosen = all ? [.. run.Manifest.Seeds.Select(s => run.Cell(s))] : [run.Cell(seed)];
        torch.set_num_threads(run.Manifest.Threads);
        var models = new List<LoadedModel>();
        try
        {
            foreach (Cell cell in chosen)
            {
                models.Add(run.Load(cell));
            }

            var writer = context.Console.Profile.Out.Writer;
            foreach (var note in models.SelectMany(m => m.Notes).Distinct())
            {
                writer.WriteLine($"note: {note}");
            }

            using var scope = torch.NewDisposeScope();
            var (rows, ids, origin) = run.Inputs(input, models[0].Description);
            var columns = PredictionColumns.Of([.. models.Select(m => m.Predict(rows, origin))], models[0].Description.TrainedOn);
            PredictionFile.Write(output, columns, ids);
            var of = all ? $"{name}, the mean of {Words.Count(chosen.Count, "seed")}" : $"{chosen[0]}";
            var count = rows.shape[0].ToString("#,0", CultureInfo.InvariantCulture);
            writer.WriteLine($"{count} row{(count == "1" ? "" : "s")} predicted by {of}: {Path.GetFullPath(output)}");
        }
        finally
        {
            models.ForEach(m => m.Dispose());
        }
    }
}
