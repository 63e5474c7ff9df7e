using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Penalties;

/// <summary>The penalty λ‖P‖_* + μ Σ_t ‖q_t‖₂ on heads W = P + Q, where P has a low rank and Q is zero except for few tasks.</summary>
/// <param name="LowRank">The strength λ.</param>
/// <param name="Outliers">The strength μ.</param>
internal sealed record RobustTasks(HyperModel LowRank, HyperModel Outliers) : DecomposedPenalty("RobustTasks", [LowRank, Outliers])
{
    public override IReadOnlyList<PenaltyTerm> Terms(VariantFile file) => [new("λ‖P‖_* + μ Σ_t ‖q_t‖₂, W = P + Q")];

    public override Code Decomposition => Code.Call($"{Space}RobustTasks.LowRank", Code.Hyper(LowRank.Name), Code.Hyper(Outliers.Name));

    protected override bool OwnByTask => true;
}

/// <summary>Reads <c>[RobustTasks]</c> into a penalty.</summary>
internal sealed class RobustTasksReader() : HeadPenaltyReader("RobustTasks")
{
    protected override Penalty Read(AttributeReader attribute) => new RobustTasks(
        Hyper(attribute, "lowRank", "λ of ‖P‖_*.", "LowRank"),
        Hyper(attribute, "outliers", "μ of Σ_t ‖q_t‖₂.", "Outliers"));
}
