using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Methods;
using UAmtfl.Generators.Methods.WeightingMethods;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads the weighting of a variant, and a second weighting around it if there is one.</summary>
internal static class WeightingParser
{
    /// <summary>True if the class of an attribute declares a weighting that stands around another one.</summary>
    public static bool IsAround(AttributeReader attribute) => attribute.Description(WellKnownNames.WeightingAround) is not null;

    /// <summary>Returns the class that computes the weighting of an attribute; null for a method without such a class.</summary>
    public static INamedTypeSymbol? ClassOf(AttributeReader attribute) =>
        (
            attribute.Description(WellKnownNames.WeightingBy)
                ?? attribute.Description(WellKnownNames.WeightingAround)
                ?? attribute).TypeArgument;

    public static MethodModel? Parse(
        AttributeReader? weighting, AttributeReader? around, Scheme scheme, INamedTypeSymbol? trunk, TaskSetModel tasks)
    {
        var model = weighting is null ? null : MethodCatalogue.Weighting(weighting)!.Read(weighting, tasks, scheme);
        if (trunk is not null && model?.Module is { } module)
        {
            GradientReading.Check(weighting!, module, scheme, trunk, tasks);
        }

        if (around is null)
        {
            return model;
        }

        if (model?.Module is { Need: Need.Gramian, Transforms: false, AfterStep: false } inner)
        {
            return Around(around, model, inner, tasks);
        }

        if (weighting is null || model is not null)
        {
            around.Context.Report(Rules.NeedsAsymmetry, around.Location, $"[{around.Name}]", weighting is null
                ? "it stands around a weighting that solves for one weight a task from gradients, and there is none; add one"
                : $"[{weighting.Name}] does not solve for one weight a task from inner products of gradients alone; leave it out");
        }

        return model;
    }

    private static MethodModel? Around(AttributeReader around, MethodModel model, WeightingModel inner, TaskSetModel tasks)
    {
        var description = around.Description(WellKnownNames.WeightingAround)!;
        if (description.TypeArgument is not { } type || WeightingCreation.Of(around, type, tasks, inner.New) is not { } creation)
        {
            return null;
        }

        return model with
        {
            Label = $"{around.Name}({model.Label})",
            Hypers = model.Hypers.Concat(creation.Hypers).ToEquatableArray(),
            Module = inner with
            {
                Type = type.FullName(),
                New = creation.Code,
                Formula = (description.Text("Formula") ?? "").Replace("{0}", inner.Formula),
                Scale = (description.Text("Scale") ?? "").Replace("{0}", inner.Scale),
                Settings = string.Join(", ", new[] { inner.Settings, creation.Settings }.Where(s => s.Length > 0)),
            },
        };
    }
}
