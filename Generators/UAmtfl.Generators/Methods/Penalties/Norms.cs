using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.PenaltyMethods;

/// <summary>The parts of a network that a norm can be of, as in <c>UAmtfl.Part</c>.</summary>
internal static class Parts
{
    public const string Trunk = "Trunk";
    public const string Heads = "Heads";
    public const string All = "All";

    public static string Read(AttributeReader attribute) => attribute.Choice("On") ?? All;

    /// <summary>The name of the strength of a norm of a part: <c>Mu</c>, <c>MuHeads</c>.</summary>
    public static string Property(string symbol, string part) => part == All ? symbol : symbol + part;

    /// <summary>As a sentence names it.</summary>
    public static string Where(string part) => part switch { Trunk => "the trunk", Heads => "the heads", _ => "trunk and heads" };

    public static string Label(string kind, string part) => part == All ? kind : $"{kind}({part})";
}

internal sealed class L1() : PenaltyMethod(WellKnownNames.L1)
{
    private const string Subgradient = "Subgradient";

    public override MethodModel Read(AttributeReader attribute, Scheme scheme, TaskSetModel tasks)
    {
        var part = Parts.Read(attribute);
        var label = Parts.Label(Kind, part);
        return Model(label, [Hyper(attribute, "strength", $"μ of μ‖·‖₁ on the weights of {Parts.Where(part)}.", Parts.Property("Mu", part))], attribute.Flag(Subgradient, false) ? [part, Subgradient] : [part]);
    }

    public override IReadOnlyList<(string Formula, string? Code)> Terms(VariantFile file, MethodModel model)
    {
        var part = model.Options[0];
        var symbol = part switch { Parts.Trunk => "‖trunk‖₁", Parts.Heads => "‖W‖₁", _ => "(‖trunk‖₁ + ‖W‖₁)" };
        return [($"μ{symbol}", model.Has(Subgradient) ? $"Penalty.L1({Weights(part)}, hyper.{model.Hypers[0].Name})" : null)];
    }

    public override string LinearFormula(VariantFile file, MethodModel model) => "μ‖W‖₁";

    public override string Proximal(MethodModel model) => $"new global::UAmtfl.Penalties.L1Penalty(hyper.{model.Hypers[0].Name})";

    public override string Instead(MethodModel model) => "after each step the weights are shrunk towards 0, which is its proximal operator and gives exact zeros";

    public override IReadOnlyList<string> Project(VariantFile file, MethodModel model) =>
        model.Has(Subgradient) ? [] : [$"Penalty.Shrink({Weights(model.Options[0])}, learningRate * hyper.{model.Hypers[0].Name});"];

    private static string Weights(string part) => part switch { Parts.Trunk => "trunkWeights", Parts.Heads => "[Network.HeadWeight]", _ => "[.. trunkWeights, Network.HeadWeight]" };
}

internal sealed class L2() : PenaltyMethod(WellKnownNames.L2)
{
    public override MethodModel Read(AttributeReader attribute, Scheme scheme, TaskSetModel tasks)
    {
        var part = Parts.Read(attribute);
        return Model(Parts.Label(Kind, part), [Hyper(attribute, "strength", "λ of λ/2 ‖·‖², applied as weight decay.", Parts.Property("Lambda", part))], part);
    }

    public override IReadOnlyList<(string Formula, string? Code)> Terms(VariantFile file, MethodModel model)
    {
        const string trunk = "λ/2 ‖trunk‖²", heads = "λ/2 (‖W‖² + ‖b‖²)";
        return (model.Options[0], file.Decomposes) switch
        {
            (Parts.Trunk, _) => [(trunk, null)],
            (Parts.Heads, false) => [(heads, null)],
            (_, false) => [("λ/2 (‖trunk‖² + ‖W‖² + ‖b‖²)", null)],
            (Parts.Heads, true) => [(heads, OfTheSum(model))],
            _ => [(trunk, null), (heads, OfTheSum(model))],
        };
    }

    /// <summary>The decay of W = P + Q as a term that is differentiated, because weight decay of P and Q would be λ/2 (‖P‖² + ‖Q‖²).</summary>
    private static string OfTheSum(MethodModel model) => $"Penalty.L2([Network.HeadWeight, Network.HeadBias], hyper.{model.Hypers[0].Name})";

    public override string LinearFormula(VariantFile file, MethodModel model) => "λ/2 ‖W‖²";

    public override string Smooth(MethodModel model, TaskSetModel tasks) => $"new global::UAmtfl.Penalties.RidgePenalty(hyper.{model.Hypers[0].Name} / 2)";

    public override string? Decay(VariantFile file, MethodModel model, string part) => part == Parts.Heads && file.Decomposes ? null : model.Options[0] == part || model.Options[0] == Parts.All ? $"hyper.{model.Hypers[0].Name}" : null;
}

internal sealed class FeatureNorm() : PenaltyMethod(WellKnownNames.FeatureNorm)
{
    public override MethodModel? Read(AttributeReader attribute, Scheme scheme, TaskSetModel tasks)
    {
        if (scheme.Representation != Representation.Shared)
        {
            attribute.Context.Report(Rules.NeedsAsymmetry, attribute.Location, "[FeatureNorm]", $"[{scheme.Name}] has no shared features; use it with one that shares them");
            return null;
        }

        return Model("FeatureNorm", [Hyper(attribute, "strength", "γ of γ/N ‖Z‖².", "FeatureNorm")]);
    }

    public override IReadOnlyList<(string Formula, string? Code)> Terms(VariantFile file, MethodModel model) => [("γ/N ‖Z‖²", "(hyper.FeatureNorm * outputs.Features.square().sum(1).mean())")];
}
