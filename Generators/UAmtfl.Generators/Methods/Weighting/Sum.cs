using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.WeightingMethods;

/// <summary>No weighting: the sum of the task losses.</summary>
internal sealed class Sum() : WeightingMethod("UAmtfl.SumAttribute")
{
    public override MethodModel Read(AttributeReader attribute, TaskSetModel tasks, SharingMethod sharing) => Model("Sum", []);

    public override TermCode Combine(VariantFile file) => MethodCatalogue.Sharing(file).Outgoing(file) is { } outgoing
        ? new($"Σ_t (1 + α{outgoing.Symbol}) {LossFormula(file)}", "(asymmetry * losses.Values).sum()", Asymmetry(file))
        : new($"Σ_t {LossFormula(file)}", "losses.Values.sum()");
}
