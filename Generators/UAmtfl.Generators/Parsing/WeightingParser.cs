using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Methods;
using UAmtfl.Generators.Methods.WeightingMethods;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads the weighting of a variant, with the average of its weights that may stand beside it.</summary>
internal static class WeightingParser
{
    private const string Average = "global::UAmtfl.Weighting.GradientBased.CrMogm";

    public static bool Reads(string attribute) => attribute == WellKnownNames.CrMogm;

    public static MethodModel? Parse(AttributeReader? weighting, AttributeReader? average, Scheme scheme, INamedTypeSymbol? trunk, TaskSetModel tasks)
    {
        var model = weighting is null ? null : MethodCatalogue.Weighting(weighting.MetadataName)!.Read(weighting, tasks, scheme);
        if (trunk is not null && model?.Module is { } module)
        {
            GradientReading.Check(weighting!, module, scheme, trunk, tasks);
        }

        if (average is null)
        {
            return model;
        }

        if (model?.Module is not { Need: Need.Gramian, Transforms: false, AfterStep: false } inner)
        {
            if (weighting is null || model is not null)
            {
                average.Context.Report(Rules.NeedsAsymmetry, average.Location, $"[{average.Name}]", weighting is null
                    ? "it averages the weights of a gradient-based weighting, and there is none; add one, such as [Mgda]"
                    : $"[{weighting.Name}] does not solve for one weight a task from inner products of gradients alone; leave it out");
            }

            return model;
        }

        return model with
        {
            Label = $"CrMogm({model.Label})",
            Hypers = model.Hypers.Append(Method.Hyper(average, "Momentum", "How much of the average of the weights a step keeps.", "CrMogmMomentum")).ToEquatableArray(),
            Module = inner with
            {
                Type = Average,
                New = $"new {Average}({inner.New}, momentum: hyper.CrMogmMomentum)",
                Formula = inner.Formula + ", w averaged over steps",
                Scale = inner.Scale + ", before the average over steps",
            },
        };
    }
}
