using System.Numerics;
using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Layers;
using UAmtfl.Generators.Methods;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Checks that tensors are not too large. A typing error can ask for more memory than any machine has, and kernels count in 32
/// bits. The number of values of a tensor that passes these checks fits into an <c>int</c>.</summary>
internal static class Sizes
{
    private const int Most = int.MaxValue;
    private const string Smaller = "make the network smaller";

    /// <summary>Returns the product of sizes, which cannot overflow.</summary>
    public static BigInteger Product(params IEnumerable<int> sizes) => sizes.Aggregate(BigInteger.One, (product, size) => product * size);

    /// <summary>Reports a tensor that is too large.</summary>
    /// <returns>True if the tensor is small enough.</returns>
    public static bool Fits(ParseContext context, Location location, string tensor, BigInteger values, string advice)
    {
        if (values <= Most)
        {
            return true;
        }

        context.Report(Rules.TooLarge, location, tensor, values.ToString(), advice);
        return false;
    }

    /// <summary>Reports a layer whose output or weights are too large.</summary>
    /// <returns>True if all tensors of the layer are small enough.</returns>
    public static bool Fits(AttributeReader attribute, Layer layer) => layer.Tensors
        .All(t =>
            Fits(attribute.Context, attribute.LocationOf(t.Argument), $"{t.Name} of [{layer.Kind.Name}]", Product(t.Sizes), t.Advice));

    /// <summary>Reports a variant whose heads, or the parameters of whose methods, are too large.</summary>
    public static void Check(INamedTypeSymbol owner, VariantModel variant, TrunkModel trunk, TaskSetModel tasks, ParseContext context)
    {
        var scheme = MethodCatalogue.SchemeOf(variant);
        var features = scheme.Solver is not null ? trunk.Input.FirstOrDefault() : trunk.HeadFeatures;
        if (!Fits(
            context, owner.Identifier(), $"The heads of '{variant.Name}'", Product(tasks.Columns, features),
            "give the network fewer features, or the tasks fewer classes"))
        {
            return;
        }

        var (copies, owners) = scheme.Architecture is { } architecture
            ? (architecture.Copies(variant.Architecture, tasks.Count), architecture.CopiedFor)
            : (1, "");
        var added = variant.Architecture is null ? [] : scheme.Architecture!.Added(variant.Architecture, trunk, tasks.Count);
        if (!added.All(a => Fits(context, owner.Identifier(), $"{a.Name} of '{variant.Name}'", Product(a.Sizes), Smaller)))
        {
            return;
        }

        foreach (var (layer, times, of) in trunk.Layers.Select(l => (l, copies, owners))
            .Concat(trunk.Heads.SelectMany(g => g.Layers.Select(l => (l, g.Count(tasks.Count), "tasks")))))
        {
            foreach (var (name, _, sizes, _) in layer.Tensors.Where(_ => times > 1))
            {
                var tensor = $"{name} of [{layer.Kind.Name}], once for each of the {times} {of} of '{variant.Name}',";
                if (!Fits(context, owner.Identifier(), tensor, Product(sizes) * times, Smaller))
                {
                    return;
                }
            }
        }
    }
}
