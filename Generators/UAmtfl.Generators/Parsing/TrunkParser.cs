using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Layers;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads a trunk and infers the shape after each layer.</summary>
internal static class TrunkParser
{
    /// <summary>What the names of the classes of residual stretches begin with, but those of heads.</summary>
    private const string OfTrunk = "Residual";

    public static TrunkModel? Parse(
        INamedTypeSymbol type, IReadOnlyList<AttributeReader> attributes, TaskSetModel tasks, ParseContext context)
    {
        type.CheckNested(
            "trunk", "global::TorchSharp.torch.nn.Module<global::TorchSharp.torch.Tensor, global::TorchSharp.torch.Tensor>", context);
        Places.Check(attributes, Place.Network, $"the network '{type.Name}'", context);
        var input = attributes.Find(WellKnownNames.Input);
        var body = attributes.TakeWhile(a => !a.Is(WellKnownNames.Heads)).ToList();
        var layers = body.Where(a => LayerCatalogue.Find(a.MetadataName) is not null).ToList();
        var marks = attributes.Where(a => a.Is(WellKnownNames.Split)).ToList();
        var handWritten = attributes.Find(WellKnownNames.Trunk);
        if (Problem(input, layers, handWritten) is var (problem, location))
        {
            context.Report(Rules.BadTrunk, location ?? type.Identifier(), type.Name, problem);
            return null;
        }

        var shape = input!.Integers("shape");
        if (!Sizes.Fits(context, input.Location, $"An input of '{type.Name}'", Sizes.Product(shape), "use smaller sizes"))
        {
            return null;
        }

        if (handWritten is not null)
        {
            var features = handWritten.Integer("features");
            if (handWritten.TypeArgument is not { } module)
            {
                return null;
            }

            marks.ForEach(m => m.Context.Report(
                Rules.BadArchitecture, m.Location, $"[{m.Name}] on '{type.Name}'",
                "it is written by hand and has no layers to part; leave it out"));
            type.CheckReach("Trunk", module, handWritten.Location, context);
            return HeadParser.WithHeads(new(type.Name, shape.ToEquatableArray(), default, module.FullName(), features), attributes, tasks);
        }

        if (Read(body, shape, OfTrunk, out var splits) is not { } models)
        {
            return null;
        }

        var last = models.Count == 0 ? shape : models[models.Count - 1].Output;
        if (last.Count != 1)
        {
            context.ReportFixable(
                Rules.BadTrunk,
                (body.LastOrDefault(a => a.Is(WellKnownNames.EndResidual) || layers.Contains(a)) ?? input).Location, Fixes.FlattenAfter,
                type.Name,
                $"ends in {(last.Count == 2 ? "a sequence" : "an image")} of shape {LayerShape.Text(last)}: add [Flatten] at the end");
            return null;
        }

        return Fit(type, models, splits, marks)
            ? HeadParser.WithHeads(
                new(type.Name, shape.ToEquatableArray(), models.ToEquatableArray(), null, last[0], splits.ToEquatableArray()),
                attributes, tasks)
            : null;
    }

    /// <summary>Returns the layers that attributes stand for, each of which takes the output of the one before; null if one does not
    /// fit.</summary>
    /// <param name="attributes">The attributes in their order; those of no layer are passed over.</param>
    /// <param name="input">The shape of one sample of the first layer's input.</param>
    /// <param name="residual">What the names of the classes of residual stretches begin with; empty inside such a stretch.</param>
    /// <param name="splits">The indices of the layers before which a mark stands.</param>
    internal static List<Layer>? Read(
        IReadOnlyList<AttributeReader> attributes, IReadOnlyList<int> input, string residual, out List<int> splits)
    {
        var layers = new List<Layer>();
        splits = [];
        for (var i = 0; i < attributes.Count; i++)
        {
            var (attribute, shape) = (attributes[i], layers.Count == 0 ? input : layers[layers.Count - 1].Output);
            if (attribute.Is(WellKnownNames.Split))
            {
                splits.Add(layers.Count);
            }

            if (attribute.Is(WellKnownNames.BeginResidual))
            {
                var inside = attributes.Skip(i + 1).TakeWhile(a => !a.Is(WellKnownNames.EndResidual)).ToList();
                var name = $"{residual}{layers.Count(l => l is ResidualStretch) + 1}Layers";
                if (Residual(attribute, attributes.ElementAtOrDefault(i + 1 + inside.Count), inside, shape, name) is not { } stretch)
                {
                    return null;
                }

                layers.Add(stretch);
                i += 1 + inside.Count;
                continue;
            }

            if (attribute.Is(WellKnownNames.EndResidual))
            {
                ResidualStretch.Misfit(attribute, shape, "no [BeginResidual] stands before it; add one before the layers that it is for");
                return null;
            }

            if (LayerCatalogue.Find(attribute.MetadataName) is not { } reader)
            {
                continue;
            }

            if (reader.Kind.Augments && (residual != OfTrunk || splits.Count > 0 || !layers.All(l => l.Kind.Augments)))
            {
                ReportLate(attribute, shape);
                return null;
            }

            if (reader.Kind.TakesIndices && (layers.Count > 0 || residual != OfTrunk))
            {
                ResidualStretch.Misfit(
                    attribute, shape, "its inputs are whole numbers, as only those of the network can be; put it first");
                return null;
            }

            if (reader.ReadAll(attribute, shape) is not { } read || !read.All(layer => Sizes.Fits(attribute, layer)))
            {
                return null;
            }

            layers.AddRange(read);
        }

        return layers;
    }

    private static void ReportLate(AttributeReader attribute, IReadOnlyList<int> input) => attribute.Context.Report(
        Rules.BadLayer, attribute.Location, attribute.Name, LayerShape.Text(input),
        "it changes the images that all tasks see; put it directly after [Input], before marks and other layers");

    /// <summary>Returns a residual stretch as one layer; null and a diagnostic if there is none.</summary>
    private static Layer? Residual(
        AttributeReader begin, AttributeReader? end, IReadOnlyList<AttributeReader> inside, IReadOnlyList<int> input, string name)
    {
        if (end is null)
        {
            ResidualStretch.Misfit(begin, input, "no [EndResidual] follows it among the layers of the trunk, or of the heads; add one");
            return null;
        }

        if (inside.Find(WellKnownNames.BeginResidual) is { } nested)
        {
            ResidualStretch.Misfit(nested, input, "it stands inside another residual stretch; end that one before it");
            return null;
        }

        if (inside.Find(WellKnownNames.Split) is { } split)
        {
            ResidualStretch.Misfit(
                split, input, "it stands inside a residual stretch, which is copied as one layer; move it before or behind the stretch");
            return null;
        }

        return Read(inside, input, "", out _) is { } inner ? ResidualStretch.Of(begin, end, input, inner, name) : null;
    }

    /// <summary>True if a layer with parameters follows each mark before the next one; if not, it is reported.</summary>
    private static bool Fit(INamedTypeSymbol type, List<Layer> layers, List<int> splits, List<AttributeReader> marks)
    {
        for (var i = 0; i < splits.Count; i++)
        {
            var to = i + 1 < splits.Count ? splits[i + 1] : layers.Count;
            if (!layers.Skip(splits[i]).Take(to - splits[i]).Any(l => l.Kind.HasParameters))
            {
                marks[i].Context.Report(
                    Rules.BadArchitecture, marks[i].Location, $"[{marks[i].Name}] on '{type.Name}'",
                    $"no layer with parameters stands between it and {(i + 1 < splits.Count ? "the next one" : "the end")}, "
                        + "so that nothing is there to split; move it or leave it out");
                return false;
            }
        }

        return true;
    }

    private static (string Problem, Location? Location)? Problem(
        AttributeReader? input, List<AttributeReader> layers, AttributeReader? handWritten)
    {
        if (input is null)
        {
            return (
                "has no input: add [Input(features)], [Input(channels, length)] or [Input(channels, height, width)] before its layers",
                null);
        }

        var shape = input.Integers("shape");
        if (handWritten is not null && (shape.Count == 0 || shape.Any(s => s < 1)))
        {
            var advice = "give the sizes of one sample as the module takes it, each at least 1";
            return ($"has an input of shape {LayerShape.Text(shape)}: {advice}", input.Location);
        }

        if (handWritten is null && (shape.Count is not (1 or 2 or 3) || shape.Any(s => s < 1)))
        {
            var advice = "give one size (features), two (channels, length) or three (channels, height, width), each at least 1; "
                + "other shapes are for a hand-written [Trunk<T>(features)]";
            return ($"has an input of shape {LayerShape.Text(shape)}: {advice}", input.Location);
        }

        if (handWritten is not null && layers.Count > 0)
        {
            var layer = layers[0];
            return ($"is hand-written by [Trunk<…>] and has the layer [{layer.Name}] as well: keep one of the two", layer.Location);
        }

        return null;
    }
}
