using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Penalties;

/// <summary>The penalty κ (‖w̄‖² + λ/T Σ_t ‖w_t − w̄‖²) on the mean of the heads and on their distances from it.</summary>
/// <param name="Strength">The strength κ of the whole penalty.</param>
/// <param name="Lambda">The strength λ of the distances.</param>
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

/// <summary>Reads <c>[MeanConstraint]</c> into a penalty.</summary>
internal sealed class MeanConstraintReader() : HeadPenaltyReader("MeanConstraint", comparesTasks: true)
{
    protected override Penalty Read(AttributeReader attribute) => new MeanConstraint(
        Hyper(attribute, "strength", "κ, the weight of the whole.", "MeanConstraint"),
        Hyper(attribute, "lambda", "λ, the weight of the distances from the mean.", "MeanLambda"));
}
