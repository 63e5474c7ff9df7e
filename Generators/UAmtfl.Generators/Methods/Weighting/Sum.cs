using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.WeightingMethods;

/// <summary>The weighting that adds the task losses up without weights.</summary>
internal sealed class Sum() : WeightingMethod("UAmtfl.Weightings.SumAttribute")
{
    public override MethodModel Read(AttributeReader attribute, TaskSetModel tasks, Scheme scheme) => Model("Sum", []);

    public override TermCode Combine(VariantFile file) => MethodCatalogue.Transfer(file) is { } transfer
        ? new(
            $"Σ_t (1 + α{transfer.Outgoing(file).Symbol}) {LossFormula(file)}", "(asymmetry * losses.Values).sum()", transfer.Price(file))
        : new($"Σ_t {LossFormula(file)}", "losses.Values.sum()");
}
