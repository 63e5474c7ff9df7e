using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Penalties;

/// <summary>The penalty λ/2 times the squared ℓ₂ norm of the weights and biases of a part, which the optimiser applies as weight
/// decay.</summary>
/// <param name="Strength">The strength λ.</param>
/// <param name="On">The part of the network.</param>
internal sealed record L2(HyperModel Strength, Part On) : Penalty("L2", On.Label("L2"), [Strength])
{
    private Code Lambda => Code.Hyper(Strength.Name);

    /// <summary>The code of the penalty on heads W = P + Q as a differentiated term, because weight decay of P and Q would be λ/2 (‖P‖² +
    /// ‖Q‖²).</summary>
    private Code OfTheSum => Code.Call("Penalty.L2", Code.List("Network.HeadWeight", "Network.HeadBias"), Lambda);

    public override string Of => On.Words();

    public override IReadOnlyList<PenaltyTerm> Terms(VariantFile file)
    {
        const string trunk = "λ/2 ‖trunk‖²", heads = "λ/2 (‖W‖² + ‖b‖²)";
        return (On, file.Decomposes) switch
        {
            (Part.Trunk, _) => [new(trunk)],
            (Part.Heads, false) => [new(heads)],
            (_, false) => [new("λ/2 (‖trunk‖² + ‖W‖² + ‖b‖²)")],
            (Part.Heads, true) => [new(heads, OfTheSum)],
            _ => [new(trunk), new(heads, OfTheSum)],
        };
    }

    public override string LinearFormula(VariantFile file) => "λ/2 ‖W‖²";

    public override Code Smooth(TaskSetModel tasks) => $"new global::UAmtfl.Penalties.RidgePenalty({Lambda} / 2)";

    public override Code? Decay(VariantFile file, Part part) =>
        (On == part || On == Part.All) && !(part == Part.Heads && file.Decomposes) ? Lambda : null;
}

/// <summary>Reads <c>[L2]</c> into a penalty.</summary>
internal sealed class L2Reader() : PenaltyReader("L2")
{
    public override bool IsDecay => true;

    public override IReadOnlyList<string> NetworkOptions => ["On"];

    public override Penalty Read(AttributeReader attribute, Scheme scheme, TaskSetModel tasks)
    {
        var part = attribute.Choice<Part>("On") ?? Part.All;
        return new L2(Hyper(attribute, "strength", "λ of λ/2 ‖·‖², applied as weight decay.", part.Property("Lambda")), part);
    }
}
