using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Penalties;

/// <summary>The distances of the heads from their mean, and the size of the mean.</summary>
/// <param name="Strength">κ, the weight of the whole.</param>
/// <param name="Lambda">λ, the weight of the distances.</param>
internal sealed record MeanConstraint(HyperModel Strength, HyperModel Lambda) : HeadPenalty("MeanConstraint", [Strength, Lambda])
{
    public override IReadOnlyList<PenaltyTerm> Terms(VariantFile file) =>
    [
        new("κ (‖w̄‖² + λ/T Σ_t ‖w_t − w̄‖²)", Code.Call("Penalty.MeanConstraint",
            ByTask(file.Tasks, "Network.HeadWeight"), Code.Hyper(Strength.Name), Code.Hyper(Lambda.Name))),
    ];

    public override Code Smooth(TaskSetModel tasks) =>
        Code.Call($"new {Space}MeanConstraint", Code.Hyper(Strength.Name), Code.Hyper(Lambda.Name));
}

/// <summary>Reads <c>[MeanConstraint]</c>.</summary>
internal sealed class MeanConstraintReader() : HeadPenaltyReader("MeanConstraint", comparesTasks: true)
{
    protected override Penalty Read(AttributeReader attribute) => new MeanConstraint(
        Hyper(attribute, "strength", "κ, the weight of the whole.", "MeanConstraint"),
        Hyper(attribute, "lambda", "λ, the weight of the distances from the mean.", "MeanLambda"));
}
