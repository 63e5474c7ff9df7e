using System.CommandLine;
using UAmtfl.Messages;
using UAmtfl.Models;
using UAmtfl.Onnx;

namespace UAmtfl.Hosting;

/// <summary>The verb <c>export RUN</c>, which writes a trained model of a run for programs without UAmtfl.</summary>
internal static class ExportVerb
{
    /// <summary>The name of the verb.</summary>
    public const string Name = "export";

    private const string Onnx = "onnx";

    /// <summary>Creates the verb <c>export</c>.</summary>
    public static Command Create(ProgramContext context)
    {
        var folder = new Argument<string>("run") { Description = "The run's folder.", Arity = ArgumentArity.ZeroOrOne };
        var variant = new Option<string>("--variant") { Description = "The variant whose model is exported." };
        var seed = new Option<int?>("--seed") { Description = "The seed of the model; the run's first by default." };
        var format = new Option<string>("--format") { Description = $"The format: {Onnx}." };
        var output = new Option<string>("--output") { Description = "The file; model.onnx in the folder of the cell by default." };
        var verbose = new Option<bool>(RunVerb.Verbose) { Description = "Shows stack traces." };
        var command = new Command(Name, "Writes a trained model for programs without UAmtfl.")
        {
            folder, variant, seed, format, output, verbose,
        };
        command.SetAction(parsed =>
        {
            context.RefuseSettings(Name);
            var run = parsed.GetValue(folder) ?? throw new UAmtflException(
                "export needs the folder of a run, such as runs/20260102-030405-mnist-imbalanced");
            var name = parsed.GetValue(variant) ?? throw Missing("--variant NAME");
            var kind = parsed.GetValue(format) ?? throw Missing($"--format {Onnx}");
            if (kind != Onnx)
            {
                throw new UAmtflException($"unknown format '{kind}'; {Nearest.Hint(kind, [Onnx])}");
            }

            Export(context, new RunModels(context, run, name), parsed.GetValue(seed), parsed.GetValue(output));
            return ExitCode.Success;
        });
        return command;
    }

    private static UAmtflException Missing(string option) => new($"export needs {option}; export --help says more");

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
