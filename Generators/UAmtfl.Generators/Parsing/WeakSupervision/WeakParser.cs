using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads the weak supervision of an experiment: its sources, and which labels its tasks can have together.</summary>
internal static class WeakParser
{
    /// <summary>Returns the model; null if the experiment has no source.</summary>
    public static WeakModel? Parse(
        INamedTypeSymbol experiment, IReadOnlyList<AttributeReader> attributes, TaskSetModel tasks, ParseContext context)
    {
        var methods = LabellingMethod.Of(experiment, context);
        var hasSources = methods.Count > 0 || attributes.Find(WellKnownNames.Source) is not null;
        if (hasSources || tasks.HasHierarchy)
        {
            FeasibleParser.CheckNames(experiment, context);
        }

        var sources = SourceParser.Sources(attributes, tasks);
        var functions = new LabellingFunctionParser(methods, experiment, attributes, tasks).Parse();
        var dependencies = SourceParser.Dependencies(attributes, methods.Select(m => (m.Name, m.Attribute)));
        return hasSources ? new(sources, functions, dependencies, FeasibleParser.HasCondition(experiment, tasks, context)) : null;
    }
}
