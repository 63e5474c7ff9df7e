using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Penalties;

/// <summary>The penalty λ times the sum of the singular values of the heads.</summary>
/// <param name="Strength">The strength λ.</param>
internal sealed record TraceNorm(HyperModel Strength) : HeadPenalty("TraceNorm", [Strength])
{
    public override IReadOnlyList<PenaltyTerm> Terms(VariantFile file) => [new("λ‖W‖_*")];

    public override Code Proximal => Code.Call($"new {Space}TraceNorm", Code.Hyper(Strength.Name));
}

/// <summary>Reads <c>[TraceNorm]</c> into a penalty.</summary>
internal sealed class TraceNormReader() : HeadPenaltyReader("TraceNorm")
{
    protected override Penalty Read(AttributeReader attribute) =>
        new TraceNorm(Hyper(attribute, "strength", "λ of the sum of singular values.", "TraceNorm"));
}
