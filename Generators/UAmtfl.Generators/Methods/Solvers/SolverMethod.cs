using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Solvers;

/// <summary>An exact solver, which fits a linear model of the inputs for each task.</summary>
internal abstract class SolverMethod(string attribute) : Method(attribute)
{
    public abstract MethodModel? Read(AttributeReader attribute, TaskSetModel tasks);

    /// <summary>True if penalties may stand beside it.</summary>
    public virtual bool TakesPenalties => false;

    /// <summary>The objective as the paper writes it.</summary>
    public abstract string Formula(VariantFile file);

    /// <summary>The call that solves, from <c>data</c> and <c>hyper</c>, line by line.</summary>
    public abstract IReadOnlyList<string> Solve(VariantFile file);

    /// <summary>Reports inputs that the solver cannot have.</summary>
    public virtual void Check(AttributeReader attribute, INamedTypeSymbol trunk, TaskSetModel tasks)
    {
        if (trunk.Attributes(attribute.Context).Find(WellKnownNames.Input) is { } input && input.Integers("shape").Count != 1)
        {
            attribute.Context.Report(
                Rules.BadShape,
                attribute.Location,
                $"[{attribute.Name}]",
                "a linear model needs rows of numbers, and the input is an image: "
                    + "declare a network with [Input(features)] and name it with [Network(nameof(…))]");
        }
    }

    protected static IReadOnlyList<string> Call(string method, params string[] arguments) =>
        [$"global::UAmtfl.LinearModels.Solve.{method}({string.Join(", ", arguments.Prepend("data"))});"];

    /// <summary>Reports a task of a kind that the solver cannot have.</summary>
    protected bool Takes(AttributeReader attribute, TaskSetModel tasks, string instead, params TaskKind[] kinds)
    {
        if (tasks.Tasks.FirstOrDefault(t => !kinds.Contains(t.Kind)) is not { } task)
        {
            return true;
        }

        attribute.Context.Report(
            Rules.MethodNeedsTasks,
            attribute.Location,
            Kind,
            task.Name,
            task.Kind == TaskKind.Classification
                ? $"a classification into {task.Outputs} classes"
                : $"{task.Kind.ToString().ToLowerInvariant()}",
            instead);
        return false;
    }
}
