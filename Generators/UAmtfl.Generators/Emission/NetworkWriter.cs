using UAmtfl.Generators.Layers;
using UAmtfl.Generators.Methods;
using UAmtfl.Generators.Methods.Architectures;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Emission;

/// <summary>Writes the network of a variant: trunk, heads, and the parameters that its methods add.</summary>
internal static class NetworkWriter
{
    private const string Base = "/// <inheritdoc/>";

    public static string TrunkType(VariantFile file) => $"{file.Experiment.Class.FullName}.{ExperimentWriter.Escape(file.Trunk.Name)}";

    /// <summary>Returns the modules that compute the features, as arguments: <c>Network.Trunk</c>.</summary>
    public static string Trunks(IEnumerable<PartCode> parts) => string.Join(", ", parts.Select(p => $"Network.{p.Name}"));

    /// <summary>Returns the lines that explain the symbols of the formulas and their shapes.</summary>
    public static IEnumerable<string> Legend(VariantFile file)
    {
        var shared = !file.TrunkPerTask;
        var (tasks, features) = (file.Tasks, file.Trunk.Features);
        yield return shared
            ? $"Z [N, {features}] features"
            : $"Z [{tasks.Count}, N, {features}] features, {file.Architecture.Legend(file)}";
        yield return $"O [N, {tasks.Columns}] outputs";
        foreach (var group in file.Trunk.Heads)
        {
            var of = group.Tasks.Count == 0 ? "" : $" of {group.Words(tasks)}";
            yield return $"heads{of} of {string.Join(", ", group.Layers.Select(l => l.Declared))} before their outputs";
        }

        yield return $"W [{tasks.Columns}, {file.Trunk.HeadFeatures}] heads{(tasks.SingleOutputs ? "" : ", w_t all rows of task t")}"
            + (file.Trunk.HeadsDiffer ? ", 0 after the features of a head" : "");
        foreach (var parameter in Added(file))
        {
            yield return $"{parameter.Summary.Split(',', ' ')[0]} [{parameter.Shape}] {parameter.Name}";
        }
    }

    public static void Write(CodeWriter writer, VariantFile file)
    {
        writer.Doc("The network, which predicts.");
        writer.Block("public sealed class Network : global::UAmtfl.Trunks.Network", () =>
        {
            WriteConstructor(writer, file);
            WriteMembers(writer, file);
            writer.Line();
            WritePrepare(writer, file);
            writer.Line();
            WriteForward(writer, file);
            writer.Line();
            WritePredict(writer, file);
            writer.Line();
            WriteExport(writer, file);
            if (MethodCatalogue.Transfer(file) is { } transfer)
            {
                var (code, formula) = transfer.Learnt(file);
                writer.Line()
                    .Line(Base)
                    .Line($"public override Tensor? LearntTransfer() => {code};   // {formula}  [{file.Tasks.Count}, {file.Tasks.Count}]");
            }
        });
    }

    private static IEnumerable<ParameterCode> Added(VariantFile file) =>
        (MethodCatalogue.Transfer(file)?.Parameters(file) ?? []).Concat(MethodCatalogue.Weighting(file).Parameters(file));

    private static void WriteConstructor(CodeWriter writer, VariantFile file)
    {
        writer.Doc("Draws the initial weights from the current random state: trunk, heads, then what the methods add.");
        const string parameters = "global::TorchSharp.torch.ScalarType dtype, global::TorchSharp.torch.Device device";
        writer.Block($"public Network({parameters}) : base(\"{file.Variant.Name}\")", () =>
        {
            foreach (var part in file.Parts)
            {
                writer.Line($"{part.Name} = {part.New};").Line($"register_module(\"{part.Name}\", {part.Name});");
            }

            foreach (var parameter in HeadCode.Parameters(file).Concat(Added(file)))
            {
                var create = parameter.Random
                    ? $"Normal([{parameter.Shape}], 0.01, dtype, device)"
                    : $"Zeros([{parameter.Shape}], dtype, device)";
                writer.Line($"{parameter.Name} = global::UAmtfl.Trunks.Parameters.{create};")
                    .Line($"register_parameter(\"{parameter.Name}\", {parameter.Name});");
            }
        });
    }

    private static void WriteMembers(CodeWriter writer, VariantFile file)
    {
        foreach (var part in file.Parts)
        {
            writer.Line().Line($"public {part.Type} {part.Name} {{ get; }}   // {part.Comment}");
        }

        if (HeadLayersCode.Member(file) is { } groups)
        {
            writer.Line().Line(groups);
        }

        foreach (var parameter in HeadCode.Parameters(file).Concat(Added(file)))
        {
            writer.Line().Line($"public Parameter {parameter.Name} {{ get; }}   // {parameter.Summary}  [{parameter.Shape}]");
        }

        if (HeadCode.Whole(file) is { } whole)
        {
            writer.Line().Line(whole);
        }
    }

    private static void WritePrepare(CodeWriter writer, VariantFile file)
    {
        var prepares = file.Parts.Any(p => p.Prepares);
        var prepare = prepares ? $"{TrunkType(file)}.Prepare(inputs)" : TrunkWriter.Held(file.Trunk);
        writer.Line(Base).Line($"public override Tensor Prepare(Tensor inputs) => {prepare};");
        if (prepares && file.Trunk.Prepared is { } prepared)
        {
            var size = (double)LayerShape.Size(prepared.Shape) / LayerShape.Size(file.Trunk.Input);
            writer.Line().Line(Base).Line($"public override double PreparedSize => {ExperimentWriter.Number(Math.Round(size, 3))};");
        }
    }

    private static void WritePredict(CodeWriter writer, VariantFile file)
    {
        var weighting = MethodCatalogue.Weighting(file);
        var values = LossCode.Predict(file);
        writer.Line(Base);
        writer.Block("public override Tensor Predict(Tensor prepared, out Tensor features)", () =>
        {
            if (values == LossCode.Values)
            {
                writer.Line("(features, Tensor values) = Forward(prepared);").Line("return values;");
                return;
            }

            writer.Line("Outputs outputs = Forward(prepared);")
                .Line("features = outputs.Features;")
                .Aligned([.. weighting.Prepare(file, network: "")])
                .Line($"return {values};");
        });
        if (weighting.LogVariances(file) is { } logVariances)
        {
            writer.Line().Line(Base).Line($"public override Tensor? LogVariances => {logVariances};");
        }
    }

    private static void WriteExport(CodeWriter writer, VariantFile file)
    {
        const string method =
            "public override string Export(global::UAmtfl.Onnx.OnnxGraph graph, string inputs, global::UAmtfl.Tasks.TaskSet tasks)";
        var (computed, trunk) = file.Architecture.Export(file);
        IReadOnlyList<string> statements = file.Trunk is { Input.Count: 2, HandWritten: null }
            ? ["inputs = graph.Add(\"Unsqueeze\", [inputs, graph.Integers(2)]);", .. computed]
            : computed;
        if (HeadLayersCode.Groups(file).Count > 0)
        {
            (statements, trunk) = ([.. statements, $"string common = {trunk};"], "common");
        }

        var features = HeadLayersCode.Export(file, trunk);
        var outputs = file.Trunk.HandWritten is { } module
            ? $"throw global::UAmtfl.Trunks.HandWritten.NotExported<{module}>(\"{file.Trunk.Name}\")"
            : LossCode.Export(file, HeadCode.Export(file, features));
        writer.Line(Base);
        if (statements.Count == 0)
        {
            writer.Line($"{method} =>").Indented(() => writer.Line($"{outputs};"));
            return;
        }

        writer.Block(method, () =>
        {
            foreach (var statement in statements)
            {
                writer.Line(statement);
            }

            writer.Line($"return {outputs};");
        });
    }

    private static void WriteForward(CodeWriter writer, VariantFile file)
    {
        writer.Doc("Features and outputs of a batch that is prepared.");
        List<(string Code, string Comment)> statements =
        [
            .. file.Architecture.Features(file), .. HeadLayersCode.Statements(file),
        ];
        var cut = file.CutsAtHeads;
        var (values, formula) = HeadCode.Outputs(file);
        writer.Block("public Outputs Forward(Tensor prepared)", () =>
        {
            if (cut)
            {
                writer.Line(file.PerTask ? "return Heads(Features(prepared));" : "return Heads(Trunk.Features(prepared));");
                return;
            }

            writer.Aligned([.. statements, ($"Tensor values = {values};", formula)])
                .Line($"return new({HeadLayersCode.Features(file)}, values);");
        });
        if (cut && file.PerTask)
        {
            writer.Line().Doc("Features of a batch that is prepared.");
            writer.Block("public Tensor Features(Tensor prepared)", () => writer.Aligned([.. statements]).Line("return features;"));
        }

        if (cut)
        {
            writer.Line().Doc("Outputs from features.");
            writer.Line($"public Outputs Heads(Tensor features) => new(features, {values});   // {formula}");
        }
    }
}
