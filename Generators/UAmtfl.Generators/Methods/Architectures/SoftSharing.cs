using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Methods.Penalties;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>The architecture in which networks side by side have weights that are pulled towards each other. It is that of single tasks
/// with a penalty.</summary>
internal sealed class SoftSharing() : StretchedMethod("UAmtfl.Methods.SoftSharingAttribute")
{
    private readonly SingleTask networks = new();

    public override string WeightForm => TrunkOfEachTask;

    public override bool SharesParameters => false;

    public override bool StacksTrunk => true;

    public override MethodModel Read(AttributeReader attribute, TaskSetModel tasks) => Model(Kind, []);

    public override Penalty PenaltyOf(AttributeReader attribute) => new SoftSharingPenalty(
        Hyper(attribute, "rho", "The strength ρ of the pull between the weights of tasks.", "Rho"), attribute.Choice("Form") ?? "ToMean");

    public override void Check(AttributeReader attribute, INamedTypeSymbol trunk, TaskSetModel tasks)
    {
        base.Check(attribute, trunk, tasks);
        SingleTask.CheckNorms(attribute, trunk, tasks);
    }

    public override string Legend(VariantFile file) => networks.Legend(file);

    public override IReadOnlyList<PartCode> Parts(VariantFile file) => networks.Parts(file);

    public override IReadOnlyList<(string Code, string Comment)> Features(VariantFile file) => networks.Features(file);

    public override (IReadOnlyList<string> Statements, string Features) Export(VariantFile file) => networks.Export(file);
}

/// <summary>The pull between the weights of tasks.</summary>
/// <param name="Rho">The strength ρ.</param>
/// <param name="Form">The form, a name of <c>UAmtfl.SoftForm</c>.</param>
internal sealed record SoftSharingPenalty(HyperModel Rho, string Form) : Penalty("SoftSharing", "", [Rho])
{
    private const string Space = "global::UAmtfl.Penalties.";

    public override string Of => "the trunks";

    public override string Instead => "after each step of the optimiser the weights take its proximal step";

    public override IReadOnlyList<PenaltyTerm> Terms(VariantFile file) => Form switch
    {
        "TraceNorm" => [new("ρ Σ_l ‖[W_1^l, …, W_T^l]‖_*")],
        "Pairwise" => [new("ρ Σ_l Σ_s Σ_t ‖W_s^l − W_t^l‖²", Call("Pairwise", file))],
        _ => [new("ρ Σ_l Σ_t ‖W_t^l − W̄^l‖²", Call("ToMean", file))],
    };

    public override FieldCode? Field(TaskSetModel tasks) => Form != "TraceNorm" ? null
        : new("softSharing", $"{Space}ProximalPenalty", Code.Call($"new {Space}TraceNorm", Code.Hyper(Rho.Name)));

    public override IReadOnlyList<Code> Project(VariantFile file) => Form != "TraceNorm" ? []
        : [
            Code.Call($"{Space}SoftSharing.Step", Code.TrunkWeights, $"{file.Tasks.Count}", "softSharing", "trunkRate").Statement,
        ];

    private Code Call(string form, VariantFile file) =>
        Code.Call($"{Space}SoftSharing.{form}", Code.TrunkWeights, $"{file.Tasks.Count}", Code.Hyper(Rho.Name));
}
