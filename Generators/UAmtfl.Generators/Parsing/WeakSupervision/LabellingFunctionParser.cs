using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>A method with [LabellingFunction].</summary>
/// <param name="Symbol">The method.</param>
/// <param name="Attribute">The attribute.</param>
internal sealed record LabellingMethod(IMethodSymbol Symbol, AttributeReader Attribute)
{
    /// <summary>The name of the source that the method is.</summary>
    public string Name => Attribute.Text("Name") ?? Symbol.Name;

    /// <summary>Returns the marked methods of an experiment.</summary>
    public static List<LabellingMethod> Of(INamedTypeSymbol experiment, ParseContext context) =>
        [
            .. from method in experiment.GetMembers().OfType<IMethodSymbol>()
            let attribute = method.Attributes(context).Find(WellKnownNames.LabellingFunction)
            where attribute is not null
            select new LabellingMethod(method, attribute),
        ];
}

/// <summary>Reads the methods with [LabellingFunction], and reports those that cannot label rows.</summary>
internal sealed class LabellingFunctionParser
{
    private readonly IReadOnlyList<LabellingMethod> methods;
    private readonly INamedTypeSymbol experiment;
    private readonly TaskSetModel tasks;

    /// <summary>The types that the records of the data set are, each of which the methods so far take; null if they are unknown.</summary>
    private List<ITypeSymbol>? records;

    public LabellingFunctionParser(
        IReadOnlyList<LabellingMethod> methods, INamedTypeSymbol experiment, IReadOnlyList<AttributeReader> attributes,
        TaskSetModel tasks)
    {
        (this.methods, this.experiment, this.tasks) = (methods, experiment, tasks);
        records = methods.Count == 0 ? null : Records(attributes);
    }

    /// <summary>Returns the models of the methods. One in which there is an error is left out.</summary>
    public EquatableArray<LabellingFunctionModel> Parse()
    {
        var functions = new List<LabellingFunctionModel>();
        foreach (var method in methods)
        {
            if (Problem(method.Symbol) is { } problem)
            {
                Report(method, problem);
            }
            else if (method.Symbol.Parameters[0].Type is { TypeKind: not TypeKind.Error } record && Vote(method) is var (columns, kind))
            {
                CheckRecord(method, record);
                functions.Add(new(new(method.Name, [.. columns]), method.Symbol.Name, record.FullName(), kind));
            }
        }

        return functions.ToEquatableArray();
    }

    /// <summary>Returns the types that the records of the data set are, and reports a data set without records.</summary>
    private List<ITypeSymbol>? Records(IReadOnlyList<AttributeReader> attributes)
    {
        if (DatasetParser.Declared(attributes) is { } declared)
        {
            Report(
                methods[0],
                $"the rows of [{declared.Name}] have no records: use [Dataset<T>] with a class that is an IRecordDataset<T>");
            return null;
        }

        if (attributes.Find(WellKnownNames.Dataset)?.TypeArgument is not { } dataset)
        {
            return null;
        }

        List<ITypeSymbol> found =
        [
            .. dataset.AllInterfaces.Where(i => AttributeReader.MetadataNameOf(i) == WellKnownNames.RecordDataset)
                .Select(i => i.TypeArguments[0]),
        ];
        if (found.Count == 0)
        {
            Report(methods[0], $"the rows of '{dataset.Name}' have no records: let it be an IRecordDataset<T>");
        }

        return found.Count == 0 ? null : found;
    }

    private void CheckRecord(LabellingMethod method, ITypeSymbol record)
    {
        if (records?.Where(r => r.IsA(record)).ToList() is not { } taken)
        {
            return;
        }

        if (taken.Count == 0)
        {
            Report(method, $"it takes '{Text(record)}', and the records of the rows are '{Text(records[0])}': let it take one of these");
            return;
        }

        records = taken;
    }

    private static string? Problem(IMethodSymbol method) => method switch
    {
        { MethodKind: not MethodKind.Ordinary } => "it is no ordinary method: declare one",
        { IsStatic: false } => "it belongs to an object, and an experiment has none: make it static",
        { IsGenericMethod: true } => "it is generic: name the type of the record",
        { Parameters: not [{ RefKind: RefKind.None }] } => "it must take the record of a row by value, and nothing else",
        _ => null,
    };

    /// <summary>Returns the label columns of the tasks that a method labels and the kind of label; null if there is an error, which is
    /// reported.</summary>
    private (IEnumerable<int> Columns, VoteKind Kind)? Vote(LabellingMethod method)
    {
        var returned = method.Symbol.ReturnType;
        var type = returned is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var of] }
            ? of : null;
        if (ReturnsLabels(method))
        {
            CheckNoTask(method, "Labels?");
            return (SourceParser.AllColumns(tasks), VoteKind.Labels);
        }

        if (type is { TypeKind: TypeKind.Enum } && SymbolEqualityComparer.Default.Equals(type.ContainingType, experiment)
            && tasks.Tasks.FirstOrDefault(t => t.Hierarchy is not null && t.Name == type.Name) is { } task)
        {
            CheckNoTask(method, Text(returned));
            return ([task.LabelColumn], VoteKind.Class);
        }

        if (type?.SpecialType is SpecialType.System_Boolean or SpecialType.System_Int32)
        {
            return Named(method, type.SpecialType == SpecialType.System_Boolean ? VoteKind.Truth : VoteKind.Number);
        }

        if ((type ?? returned).TypeKind != TypeKind.Error)
        {
            Report(
                method,
                $"it returns '{Text(returned)}': return an enum of a hierarchy, 'bool?', 'int?' or 'Labels?', with null to abstain");
        }

        return null;
    }

    /// <summary>Returns the label column of the task that the attribute names, if the task has this kind of label.</summary>
    private (IEnumerable<int> Columns, VoteKind Kind)? Named(LabellingMethod method, VoteKind kind)
    {
        var returned = Text(method.Symbol.ReturnType);
        if (method.Attribute.Text("Task") is null)
        {
            Report(method, $"it returns '{returned}' and does not say of which task: write [LabellingFunction(Task = nameof(…))]");
            return null;
        }

        if (TaskNames.Find(method.Attribute, "Task", tasks) is not { } place)
        {
            return null;
        }

        var task = tasks.Tasks[place];
        var (what, fits) = task switch
        {
            { Hierarchy: not null } => ($"an enum of a hierarchy: return '{task.Name}?'", false),
            { Kind: TaskKind.Binary } => ("a binary task: return 'bool?'", kind == VoteKind.Truth),
            { Kind: TaskKind.Classification } => ("a classification: return 'int?'", kind == VoteKind.Number),
            _ => ("a regression, which has no classes: label another task", false),
        };
        if (!fits)
        {
            Report(method, $"it returns '{returned}', and '{task.Name}' is {what}");
            return null;
        }

        return ([task.LabelColumn], kind);
    }

    /// <summary>True if a method is written to return the generated type of labels.</summary>
    private static bool ReturnsLabels(LabellingMethod method) =>
        method.Symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(method.Attribute.Context.Cancellation)
            is MethodDeclarationSyntax { ReturnType: NullableTypeSyntax { ElementType: var type } } && FeasibleParser.IsLabels(type);

    private static void CheckNoTask(LabellingMethod method, string returned)
    {
        if (method.Attribute.States("Task"))
        {
            method.Attribute.Context.Report(
                Rules.NeedsAsymmetry, method.Attribute.LocationOf("Task"), "Task of [LabellingFunction]",
                $"'{method.Symbol.Name}' returns '{returned}', which says it; leave it out");
        }
    }

    private static string Text(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    private static void Report(LabellingMethod method, string why) =>
        method.Attribute.Context.Report(Rules.BadLabellingFunction, method.Symbol.Identifier(), method.Symbol.Name, why);
}
