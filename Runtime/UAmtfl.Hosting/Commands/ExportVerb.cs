using System.CommandLine;
using UAmtfl.Messages;
using UAmtfl.Models;
using UAmtfl.Onnx;

namespace UAmtfl.Hosting;

/// <summary>The verb <c>export RUN</c>, which writes a trained model of a run, or the numbers of all its trainings, for other
/// programs.</summary>
internal static class ExportVerb
{
    /// <summary>The name of the verb.</summary>
    public const string Name = "export";

    private const string Onnx = "onnx", TensorBoard = "tensorboard", Mlflow = "mlflow";

    private static readonly string[] Formats = [Onnx, TensorBoard, Mlflow];

    /// <summary>Creates the verb <c>export</c>.</summary>
    public static Command Create(ProgramContext context)
    {
        var folder = new Argument<string>("run") { Description = "The run's folder.", Arity = ArgumentArity.ZeroOrOne };
        var variant = new Option<string>("--variant") { Description = $"The variant whose model is exported; for {Onnx}." };
        var seed = new Option<int?>("--seed") { Description = $"The seed of the model, the run's first by default; for {Onnx}." };
        var format = new Option<string>("--format") { Description = $"The format: {string.Join(", ", Formats)}." };
        var output = new Option<string>("--output")
        {
            Description = "The file, model.onnx in the folder of the cell by default; "
                + "for other formats the folder, below that of the run by default.",
        };
        var verbose = new Option<bool>(RunVerb.Verbose) { Description = "Shows stack traces." };
        var command = new Command(Name, "Writes a trained model, or the numbers of all trainings, for other programs.")
        {
            folder, variant, seed, format, output, verbose,
        };
        command.SetAction(parsed =>
        {
            context.RefuseSettings(Name);
            var run = parsed.GetValue(folder) ?? throw new UAmtflException(
                "export needs the folder of a run, such as runs/20260102-030405-mnist-imbalanced");
            var kind = parsed.GetValue(format) ?? throw Missing($"--format {string.Join('|', Formats)}");
            if (!Formats.Contains(kind))
            {
                throw new UAmtflException($"unknown format '{kind}'; {Nearest.Hint(kind, Formats)}");
            }

            if (kind != Onnx)
            {
                Track(context, run, kind, parsed.GetValue(output), parsed.GetValue(variant) is null && parsed.GetValue(seed) is null);
                return ExitCode.Success;
            }

            var name = parsed.GetValue(variant) ?? throw Missing("--variant NAME");
            Export(context, new RunModels(context, run, name), parsed.GetValue(seed), parsed.GetValue(output));
            return ExitCode.Success;
        });
        return command;
    }

    private static UAmtflException Missing(string option) => new($"export needs {option}; export --help says more");

    /// <summary>Writes the numbers of the finished cells for a program that tracks experiments.</summary>
    private static void Track(ProgramContext context, string run, string format, string? output, bool isWhole)
    {
        if (!isWhole)
        {
            throw new UAmtflException($"--format {format} exports all finished cells of the run: leave out --variant and --seed");
        }

        using var folder = RunFolder.Open(run, out var manifest);
        var cells = CellHistory.Read(folder, manifest);
        var target = Path.GetFullPath(output ?? Path.Combine(folder.FullPath, format == Mlflow ? "mlruns" : format));
        if (format == TensorBoard)
        {
            TensorBoardFile.Write(target, cells);
        }
        else
        {
            new MlflowStore(target, manifest, folder.FullPath).Write(cells);
        }

        var open = format == TensorBoard ? "tensorboard --logdir" : "mlflow ui --backend-store-uri";
        context.Console.Profile.Out.Writer.WriteLine($"{Words.Count(cells.Count, "cell")}: {open} {target}");
    }

    private static void Export(ProgramContext context, RunModels run, int? seed, string? output)
    {
        Cell cell = run.Cell(seed);
        using LoadedModel model = run.Load(cell);
        var writer = context.Console.Profile.Out.Writer;
        foreach (var note in model.Notes)
        {
            writer.WriteLine($"note: {note}");
        }

        var path = output ?? Path.Combine(run.Finished(cell), $"model.{Onnx}");
        var exported = ExportedModel.Of(model);
        OnnxFile.Write(path, exported);
        var operators = Words.Count(exported.Graph.Nodes.Count, "operator");
        writer.WriteLine($"{cell} as {operators} of ONNX opset {OnnxGraph.Opset}: {Path.GetFullPath(path)}");
    }
}
