using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Solvers;

/// <summary>The options of <c>[GoMtl]</c>.</summary>
/// <param name="Mu">The hyper-parameter μ.</param>
/// <param name="Lambda">The hyper-parameter λ.</param>
/// <param name="Bases">The number k of basis vectors.</param>
internal sealed record GoMtlModel(HyperModel Mu, HyperModel Lambda, HyperModel Bases) : MethodModel("GoMtl", "GoMtl", [Mu, Lambda, Bases]);

/// <summary>The solver for grouping and overlap in multi-task learning (Kumar and Daumé 2012).</summary>
internal sealed class GoMtl() : SolverMethod("UAmtfl.Methods.GoMtlAttribute")
{
    public override MethodModel? Read(AttributeReader attribute, TaskSetModel tasks) =>
        Takes(
            attribute,
            tasks,
            "use the network form, [HardSharing, L1(μ, On = Part.Heads)] on [Linear(k, Bias = false)]",
            TaskKind.Regression)
            ? new GoMtlModel(
                Hyper(attribute, "Mu", "μ of μ‖s_t‖₁."), Hyper(attribute, "Lambda", "λ of λ‖L‖²."),
                new(
                    "Bases", "k, the number of basis vectors.", attribute.Number("bases"), attribute.Described("bases").Range,
                    Whole: true))
            : null;

    public override void Check(AttributeReader attribute, INamedTypeSymbol trunk, TaskSetModel tasks)
    {
        base.Check(attribute, trunk, tasks);
        var inputs = trunk.Attributes(attribute.Context).Find(WellKnownNames.Input)?.Integers("shape") ?? [];
        var bases = attribute.Integer("bases");
        Sizes.Fits(
            attribute.Context,
            attribute.LocationOf("bases"),
            "A matrix of [GoMtl]",
            Sizes.Product(bases, Math.Max(inputs.Count == 1 ? inputs[0] : 1, tasks.Count)),
            "use fewer bases");
    }

    public override string Formula(VariantFile file) => "Σ_t {1/N_t ‖y_t − X_t L s_t − b_t‖² + μ‖s_t‖₁} + λ‖L‖²";

    public override IReadOnlyList<string> Solve(VariantFile file) =>
        Call("GoMtl", "hyper.Bases", "hyper.Mu", "hyper.Lambda");
}
