using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.WeightingMethods;

/// <summary>A weighting of the user's own: <c>[Weighting&lt;T&gt;]</c>. What its class derives from says what it needs.</summary>
internal sealed class UserWeighting() : ModuleWeighting(WellKnownNames.Weighting)
{
    private const string Rate = "WeightingLearningRateScale";

    public override MethodModel? Read(AttributeReader attribute, TaskSetModel tasks, Scheme scheme)
    {
        if (attribute.TypeArgument is not { } type)
        {
            return null;
        }

        if (type.IsAbstract || !type.InstanceConstructors.Any(c => c.DeclaredAccessibility == Accessibility.Public && c.Parameters.Length == 1 && c.Parameters[0].Type.SpecialType == SpecialType.System_Int32))
        {
            attribute.Context.Report(Rules.BadWeighting, attribute.Location, type.Name, "int tasks");
            return null;
        }

        if (NeedOf(type) is not { } need)
        {
            attribute.Context.Report(Rules.WeightingWithoutBase, attribute.Location, type.Name, string.Join(", ", WellKnownNames.WeightingBases.Select(b => b.Substring(b.LastIndexOf('.') + 1))));
            return null;
        }

        var learns = OwnParameters.MayHave(type);
        if (!learns && attribute.States("LearningRateScale"))
        {
            attribute.Context.Report(Rules.NeedsAsymmetry, attribute.LocationOf("LearningRateScale"), "LearningRateScale", $"'{type.Name}' has no parameters of its own; leave it out");
        }

        HyperModel[] hypers = learns ? [Hyper(attribute, "LearningRateScale", "The learning rate of the weighting's parameters in units of the network's.", Rate)] : [];
        var model = Model(type.Name, hypers, type.FullName());
        var formula = need == Need.Losses ? $"{type.Name}({{0}}, t = 1 … T)" : $"Σ_t w_t {{0}}, w by {type.Name}";
        var weighting = new WeightingModel(type.FullName(), $"new {type.FullName()}({tasks.Count})", need, formula, "weights as its class says",
            AfterStep: Implements(type, WellKnownNames.LossesAfterStep), Transforms: Implements(type, WellKnownNames.LossTransform), LearningRateScale: learns ? $"hyper.{Rate}" : "1");
        foreach (var option in new[] { "Site", "Heads" }.Where(o => need == Need.Losses && attribute.States(o)))
        {
            attribute.Context.Report(Rules.NeedsAsymmetry, attribute.LocationOf(option), option, $"'{type.Name}' sees losses alone; leave it out");
        }

        return model with { Module = need == Need.Losses ? weighting : GradientReading.Of(attribute, weighting, "Trunk", weightedHeads: false, keepsGradients: KeepsGradients(type)) };
    }

    private static Need? NeedOf(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            var place = WellKnownNames.WeightingBases.ToList().IndexOf(AttributeReader.MetadataNameOf(current));
            if (place >= 0)
            {
                return (Need)place;
            }
        }

        return null;
    }

    /// <summary>True if a weighting of the user's own keeps something for each parameter from step to step, such as gradients.</summary>
    private static bool KeepsGradients(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null && !WellKnownNames.WeightingBases.Contains(AttributeReader.MetadataNameOf(current)); current = current.BaseType)
        {
            if (current.GetMembers("Allocate").Length > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Implements(INamedTypeSymbol type, string name) => type.AllInterfaces.Any(i => AttributeReader.MetadataNameOf(i) == name);
}
