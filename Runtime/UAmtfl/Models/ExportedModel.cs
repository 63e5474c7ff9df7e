using System.Globalization;
using System.Text.Json.Nodes;
using UAmtfl.Onnx;
using UAmtfl.Tasks;
using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Models;

/// <summary>A trained model as a graph of ONNX that takes raw inputs and answers in the units of the labels.</summary>
/// <param name="Graph">The graph, with the input <see cref="Input"/> and the outputs of each task.</param>
/// <param name="Description">One line that says what the model is.</param>
/// <param name="Metadata">Facts about the model by name.</param>
internal sealed record ExportedModel(OnnxGraph Graph, string Description, IReadOnlyList<KeyValuePair<string, string>> Metadata)
{
    /// <summary>The name of the input.</summary>
    public const string Input = "input";

    /// <summary>Exports a model.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="UAmtflException">The model has a hand-written trunk, or a transform that cannot be exported.</exception>
    public static ExportedModel Of(LoadedModel model)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var graph = new OnnxGraph();
        var inputs = model.Transforms.Export(graph, graph.Input(Input, model.Description.Input));
        var prepared = model.Type == ScalarType.Float32 ? inputs : graph.Cast(inputs, model.Type);
        var outputs = graph.Cast(model.Predictor.Export(graph, prepared, model.Tasks), ScalarType.Float64);
        var names = new TaskOutputs(graph, model, outputs).Write();
        var saved = model.Description;
        return new(graph, $"{saved.Variant} of {saved.Experiment}, seed {saved.Seed}: {saved.Composition}",
        [
            new("experiment", saved.Experiment),
            new("variant", saved.Variant),
            new("seed", saved.Seed.ToString(CultureInfo.InvariantCulture)),
            new("experiment_fingerprint", saved.ExperimentFingerprint),
            new("variant_fingerprint", saved.VariantFingerprint),
            new("tasks", names.ToJsonString()),
        ]);
    }

    /// <summary>Adds the outputs of the tasks to the graph.</summary>
    private sealed class TaskOutputs(OnnxGraph graph, LoadedModel model, string outputs)
    {
        private readonly HashSet<string> taken = new(StringComparer.Ordinal);
        private readonly Lazy<string> probabilities = new(() => graph.Cast(graph.Probabilities(outputs), ScalarType.Float32));
        private readonly Lazy<string> values = new(
            () => graph.Cast(model.Transforms.ExportInverse(graph, outputs), ScalarType.Float32));

        private readonly Lazy<string?> deviations = new(() => Deviations(graph, model, outputs));

        /// <summary>Adds the outputs of all tasks as declared, and returns their names by task.</summary>
        public JsonArray Write() => [.. model.Tasks.Declared.Tasks.Select(task => (JsonNode)new JsonObject
        {
            ["name"] = task.Name,
            ["kind"] = task.Kind.ToString(),
            ["outputs"] = new JsonArray([.. Outputs(task).Select(name => (JsonNode)name)]),
        })];

        private List<string> Outputs(TaskInfo task)
        {
            var first = model.Tasks.FirstOutput(task);
            switch (task.Kind)
            {
                case TaskKind.Binary:
                    return [Column(task, "probability", probabilities.Value, first)];
                case TaskKind.Classification:
                    long[] columns = [.. Enumerable.Range(first, task.Outputs)];
                    var logits = graph.Add("Gather", [outputs, graph.Integers(columns)], ("axis", 1));
                    var shares = graph.Cast(graph.Add("Softmax", logits, ("axis", 1)), ScalarType.Float32);
                    return [Named(task, "probabilities", shares, task.Outputs)];
                default:
                    var value = Column(task, "value", values.Value, first);
                    return deviations.Value is { } learnt ? [value, Column(task, "sigma", learnt, first)] : [value];
            }
        }

        private string Column(TaskInfo task, string what, string matrix, int column) =>
            Named(task, what, graph.Add("Gather", [matrix, graph.Integer(column)], ("axis", 1)));

        private string Named(TaskInfo task, string what, string value, params long[] shape)
        {
            var name = Enumerable.Range(1, int.MaxValue).Select(n => Name(task.Name, what, n)).First(taken.Add);
            graph.Output(name, value, shape);
            return name;
        }

        /// <summary>Returns the name of an output. ONNX allows only names that are identifiers of C.</summary>
        private static string Name(string task, string what, int number)
        {
            var letters = string.Concat(task.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
            var start = char.IsAsciiDigit(letters[0]) ? "_" : "";
            return string.Create(CultureInfo.InvariantCulture, $"{start}{letters}{(number == 1 ? "" : $"_{number}")}_{what}");
        }

        /// <summary>Adds the learnt standard deviations in the unit of the raw labels, as a loaded model computes them.</summary>
        private static string? Deviations(OnnxGraph graph, LoadedModel model, string outputs)
        {
            if (model.Deviations() is not { } row)
            {
                return null;
            }

            var sigmas = graph.Constant(row);
            var above = model.Transforms.ExportInverse(graph, graph.Add("Add", [outputs, sigmas]));
            var below = model.Transforms.ExportInverse(graph, graph.Add("Sub", [outputs, sigmas]));
            using Tensor half = tensor(0.5);
            var distance = graph.Add("Abs", graph.Add("Sub", [above, below]));
            return graph.Cast(graph.Add("Mul", [distance, graph.Constant(half)]), ScalarType.Float32);
        }
    }
}
