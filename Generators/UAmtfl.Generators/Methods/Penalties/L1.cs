using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Penalties;

/// <summary>The penalty μ times the ℓ₁ norm of the weights of a part.</summary>
/// <param name="Strength">The strength μ.</param>
/// <param name="On">The part of the network.</param>
/// <param name="Subgradient">True if the penalty is a differentiated term of the objective; false if the weights take its proximal
/// step.</param>
internal sealed record L1(HyperModel Strength, Part On, bool Subgradient) : Penalty("L1", On.Label("L1"), [Strength])
{
    private Code Mu => Code.Hyper(Strength.Name);

    private Code Weights(VariantFile file) => On switch
    {
        Part.Trunk => Code.TrunkWeights,
        Part.Heads => Heads(file),
        _ => Code.List([Code.Spread(Code.TrunkWeights), .. OfHeads(file)]),
    };

    private static Code Heads(VariantFile file) => Code.List(OfHeads(file));

    /// <summary>Returns the weights of the modules that belong to the heads, and those of the linear outputs.</summary>
    private static Code[] OfHeads(VariantFile file)
    {
        var modules = NetworkWriter.Trunks(file.Parts.Where(p => p.OfHeads));
        Code[] linear = [.. HeadCode.SingleWeights(file).Select(name => (Code)name)];
        return modules.Length == 0 ? linear
            : [Code.Spread(Code.Call("global::UAmtfl.Trunks.Parameters.Weights", modules)), .. linear];
    }

    public override string Of => On.Words();

    public override bool StepsHeads => !Subgradient && On != Part.Trunk;

    public override string Instead =>
        "after each step the weights are shrunk towards 0, which is its proximal operator and gives exact zeros";

    public override Code Proximal => Code.Call("new global::UAmtfl.Penalties.L1Penalty", Mu);

    public override IReadOnlyList<PenaltyTerm> Terms(VariantFile file)
    {
        var norm = On switch { Part.Trunk => "‖trunk‖₁", Part.Heads => "‖W‖₁", _ => "(‖trunk‖₁ + ‖W‖₁)" };
        return [new($"μ{norm}", Subgradient ? Code.Call("Penalty.L1", Weights(file), Mu) : null)];
    }

    public override string LinearFormula(VariantFile file) => "μ‖W‖₁";

    public override IReadOnlyList<Code> Project(VariantFile file) =>
    [
        .. Subgradient || On == Part.Heads ? [] : Shrink(Code.TrunkWeights, "trunkRate"),
        .. Subgradient || On == Part.Trunk ? [] : Shrink(Heads(file), "headRate"),
    ];

    public override bool StepsAfter(Penalty other) => other is L1;

    private Code[] Shrink(Code weights, string rate) => [Code.Call("Penalty.Shrink", weights, rate * Mu).Statement];
}

/// <summary>Reads <c>[L1]</c> into a penalty.</summary>
internal sealed class L1Reader() : PenaltyReader("L1")
{
    public override IReadOnlyList<string> NetworkOptions => ["On", "Subgradient"];

    public override Penalty Read(AttributeReader attribute, Scheme scheme, TaskSetModel tasks)
    {
        var part = attribute.Choice<Part>("On") ?? Part.All;
        return new L1(
            Hyper(attribute, "strength", $"μ of μ‖·‖₁ on the weights of {part.Words()}.", part.Property("Mu")),
            part,
            attribute.Flag("Subgradient", false));
    }
}
