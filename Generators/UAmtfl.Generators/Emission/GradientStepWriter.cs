using UAmtfl.Generators.Methods;
using UAmtfl.Generators.Methods.Architectures;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Emission;

/// <summary>Writes the part of a training step that computes the gradients which a weighting needs.</summary>
internal static class GradientStepWriter
{
    private const string Base = "/// <inheritdoc/>";
    private const string Batches = "global::System.Collections.Generic.IReadOnlyList<global::UAmtfl.Training.Batch> batches";

    /// <summary>The largest number of T × T matrices that a solver creates in a step, which is that of CAGrad.</summary>
    private const int SolverMatrices = 32;

    /// <summary>Returns one line that says which gradients a weighting compares, what its weights add up to and how heads are
    /// trained.</summary>
    public static string Summary(WeightingModel weighting) => string.Join("; ", new[]
    {
        weighting.UsesGradients ? $"g_t: {SiteText(weighting)}" : "",
        weighting.Settings,
        weighting.Scale,
        $"heads: {(weighting.WeightedHeads || !weighting.UsesGradients ? "weighted" : "unweighted")}",
    }.Where(part => part.Length > 0));

    /// <summary>True if the objective has terms that no weight applies to.</summary>
    public static bool HasSharedTerms(VariantFile file) => MethodCatalogue.Transfer(file) is { } transfer && transfer.Terms(file).Count > 0
        || file.Variant.Penalties.Any(p => p.Terms(file).Any(t => t.Value is not null));

    public static void Write(CodeWriter writer, VariantFile file)
    {
        if (file.Variant.Weighting?.Module is not { } weighting)
        {
            return;
        }

        if (weighting.AfterStep)
        {
            writer.Line().Line(Base);
            writer.Line("public override void StepEnded(global::UAmtfl.Training.Batch batch) =>")
                .Indented(() =>
                    writer.Line(
                        "Weighting.StepEnded(TaskTerms(TaskLosses(Network.Forward(batch.Prepared), new Targets(batch.Labels)))); "
                            + "  // a second forward pass"));
        }

        if (!weighting.UsesGradients)
        {
            return;
        }

        if (weighting.Batches > 1)
        {
            writer.Line().Line(Base).Line($"public override int Batches => {weighting.Batches};");
        }

        var count = file.Tasks.Count;
        writer.Line()
            .Line(Base)
            .Line(
                $"public override long SolverBytes => {SolverMatrices}L * sizeof(double) * {count} * {count}; "
                    + "  // what the weighting computes on: T × T numbers").Line();
        WriteGradients(writer, file, weighting);
        writer.Line();
        WriteAccumulate(writer, file, weighting);
    }

    private static void WriteGradients(CodeWriter writer, VariantFile file, WeightingModel weighting)
    {
        var (tasks, features) = (file.Tasks, file.Trunk.HeadFeatures);
        var groups = string.Join(", ", tasks.Groups.Select(g => $"({g.Count}, {g.Outputs})"));
        writer.Line(
            $"private static readonly global::UAmtfl.Weighting.TaskColumns columns = new({groups});   // tasks and columns of each");
        writer.Line();
        writer.Doc($"One forward pass, cut at the features, with ∂L_t/∂O of all tasks from one backward pass through the losses.");
        const string method =
            "private global::UAmtfl.Weighting.ITaskGradients Gradients(global::UAmtfl.Training.Batch batch, out Losses losses)";
        writer.Block(method, () =>
        {
            var batched = Batched(file, weighting);
            writer.Aligned(
            [
                file.PerTask
                    ? ("Tensor features = Network.Features(batch.Prepared);", $"Z  [{tasks.Count}, N, {features}]")
                    : (
                        $"Tensor features = Network.Trunk.Features(batch.Prepared{(batched ? ", out Tensor[] kept" : "")});",
                        $"Z  [N, {features}]"),
                ("Tensor cut = features.detach().requires_grad_(true);", "Z, where the heads' graph begins"),
                (
                    "Outputs outputs = Network.Heads(cut);",
                    $"{(file.PerTask ? "o_t = z_t w_tᵀ + b_t" : "O = ZWᵀ + b")}  [N, {tasks.Columns}]"),
                ("losses = TaskLosses(outputs, new Targets(batch.Labels));", $"[{tasks.Count}]"),
            ]);
            var shared = HasSharedTerms(file) ? ", SharedTerms(outputs)" : "";
            var members = Members(file, weighting, batched);
            var pass = $"features, cut, outputs.Values, Network.HeadWeight, columns, TaskTerms(losses){shared}";
            writer.Line($"return new global::UAmtfl.Weighting.LinearHeadGradients({pass}){(members.Count == 0 ? ";" : "")}");
            if (members.Count > 0)
            {
                writer.Line("{").Indented(() => members.ForEach(m => writer.Line(m))).Line("};");
            }
        });
    }

    private static void WriteAccumulate(CodeWriter writer, VariantFile file, WeightingModel weighting)
    {
        var count = file.Tasks.Count;
        var heads = $"global::UAmtfl.HeadGradients.{(weighting.WeightedHeads ? "Weighted" : "Unweighted")}";
        writer.Line(Base);
        writer.Block($"public override Tensor Accumulate({Batches}, out Tensor taskLosses)", () =>
        {
            switch (weighting.Need)
            {
                case Need.Gramian:
                    writer.Line("global::UAmtfl.Weighting.ITaskGradients gradients = Gradients(batches[0], out Losses losses);").Aligned(
                    [
                        (
                            $"Tensor gramian = gradients.Gramian({At(weighting)});",
                            $"G = JJᵀ, J_t = {SiteText(weighting)}  [{count}, {count}]"),
                        ("Tensor weights = Weighting.Balance(gramian, gradients.Terms);", $"w  [{count}]"),
                        (
                            $"gradients.Backward(weights, {heads});",
                            $"Σ_t w_t g_t; heads {(weighting.WeightedHeads ? "times w_t" : "by their own gradients")}"),
                    ]);
                    break;
                case Need.Jacobian:
                    writer.Line("global::UAmtfl.Weighting.ITaskGradients gradients = Gradients(batches[0], out Losses losses);").Aligned(
                    [
                        ($"Tensor jacobian = gradients.Jacobian({At(weighting)});", $"J, J_t = {SiteText(weighting)}  [{count}, P]"),
                        ("Tensor direction = Weighting.Step(jacobian, gradients.Terms);", "d  [P]"),
                        ($"gradients.Backward(direction, {At(weighting)});", "the trunk by d; heads by their own gradients"),
                    ]);
                    break;
                case Need.Cross:
                    writer.Aligned(
                    [
                        ($"Tensor first = Gradients(batches[1], out Losses _).Jacobian({At(weighting)});", $"J₁  [{count}, P]"),
                        ($"Tensor second = Gradients(batches[2], out Losses _).Jacobian({At(weighting)});", $"J₂  [{count}, P]"),
                        ("global::UAmtfl.Weighting.ITaskGradients gradients = Gradients(batches[0], out Losses losses);", ""),
                        ("Tensor weights = Weighting.Balance(first, second, gradients.Terms);", $"w from J₁J₂ᵀ  [{count}]"),
                        ($"gradients.Backward(weights, {heads});", "Σ_t w_t g_t"),
                    ]);
                    break;
                default:
                    writer.Aligned(
                    [
                        ("Losses losses = default;", ""),
                        (
                            "global::UAmtfl.Weighting.BilevelStep step = new("
                                + "() => Gradients(batches[0], out losses), () => Gradients(batches[1], out Losses _));",
                            "lower and upper level"),
                        ($"global::UAmtfl.Weighting.ITaskGradients gradients = step.Backward(Weighting, {heads});", "Σ_t λ_t g_t"),
                    ]);
                    break;
            }

            writer.Line("taskLosses = losses.Values.detach();").Line("return gradients.Objective;");
        });
    }

    private static string At(WeightingModel weighting) => $"global::UAmtfl.GradientSite.{weighting.Site}";

    private static string SiteText(WeightingModel weighting) => weighting.Site switch
    {
        "Representation" => "∂L_t/∂Z",
        "TaskHead" => "∂L_t/∂W_t",
        "LastLayer" => "∂L_t/∂θ of the trunk's last layer",
        _ => "∂L_t/∂θ of the trunk",
    };

    private static bool NeedsParameters(WeightingModel weighting) => weighting.Site is "Trunk" or "LastLayer";

    /// <summary>True if the weighting needs gradients of parameters and the trunk has one backward pass for all tasks.</summary>
    private static bool Batched(VariantFile file, WeightingModel weighting) =>
        NeedsParameters(weighting) && file.Trunk.BatchesTaskGradients && !file.PerTask;

    /// <summary>Returns the initialisers of the properties that a weighting's gradients need in addition to the results of the forward
    /// pass.</summary>
    private static List<string> Members(VariantFile file, WeightingModel weighting, bool batched)
    {
        var members = new List<string>();
        if (NeedsParameters(weighting))
        {
            var shared = NetworkWriter.Trunks(TrainingWriter.Shared(file));
            var backward = batched ? "BatchedBackward(Network.Trunk, kept)" : $"OneByOneBackward({shared})";
            members.Add($"Trunk = new global::UAmtfl.Weighting.{backward},");
        }

        if (file.Parts.Where(p => p.Owner == Owners.OneTask).ToList() is { Count: > 0 } own)
        {
            members.Add($"OwnParameters = [{string.Join(", ", own.Select(p => $".. Network.{p.Name}.parameters()"))}],");
        }

        if (weighting.Need == Need.Bilevel)
        {
            var rows = file.Trunk.HeadsDiffer ? $" {{ Rows = Network.{HeadLayersCode.Tasks} }}" : "";
            members.Add($"Heads = new([{HeadCode.WeightNames(file)}], Network.HeadBias){rows},");
        }

        return members;
    }
}
