using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads the grids of a variant.</summary>
internal static class GridParser
{
    public static EquatableArray<GridModel> Parse(
        string variant, IReadOnlyList<AttributeReader> attributes, IReadOnlyList<HyperModel> hypers, ParseContext context)
    {
        var grids = new List<GridModel>();
        foreach (var attribute in attributes.Where(a => a.Is(WellKnownNames.Grid)))
        {
            var names = new[] { "parameter", "Tied" }.Select(argument => (Argument: argument, Name: attribute.Text(argument)!))
                .Where(n => n.Name is not null).ToList();
            var known = hypers.Select(h => h.Name).ToList();
            if (names.FirstOrDefault(n => !known.Contains(n.Name)) is (_, not null) unknown)
            {
                context.Report(
                    Rules.BadGrid, attribute.LocationOf(unknown.Argument), variant,
                    $"it has no hyper-parameter '{unknown.Name}'; it has {(known.Count == 0 ? "none" : string.Join(", ", known))}");
                continue;
            }

            var values = attribute.Numbers("values");
            if (values.Count < 2)
            {
                context.Report(Rules.BadGrid, attribute.LocationOf("values"), variant, "a grid needs two values or more to choose from");
                continue;
            }

            if (values.Distinct().Count() < values.Count)
            {
                context.Report(Rules.BadGrid, attribute.LocationOf("values"), variant, "a value of the grid stands there twice: keep one");
                continue;
            }

            if (names.FirstOrDefault(
                n => grids.Any(g => g.Parameters.Contains(n.Name)) || names.Count(m => m.Name == n.Name) > 1) is (_, not null) twice)
            {
                context.Report(Rules.BadGrid, attribute.LocationOf(twice.Argument), variant, $"'{twice.Name}' has two grids: keep one");
                continue;
            }

            foreach (var hyper in names.Select(n => hypers.First(h => h.Name == n.Name)))
            {
                foreach (var value in values.Where(v => !hyper.Accepts(v)))
                {
                    context.Report(
                        Rules.OutOfRange,
                        attribute.LocationOf("values"),
                        $"Grid's {hyper.Name}",
                        Emission.ExperimentWriter.Number(value),
                        hyper.Words);
                }
            }

            grids.Add(new(names.Select(n => n.Name).ToEquatableArray(), values.ToEquatableArray()));
        }

        return grids.ToEquatableArray();
    }
}
