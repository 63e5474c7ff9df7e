using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Solvers;

/// <summary>An exact solver, which fits a linear model of the inputs for each task.</summary>
internal abstract class SolverMethod(string attribute) : Method(attribute)
{
    public abstract MethodModel? Read(AttributeReader attribute, TaskSetModel tasks);

    /// <summary>True if the variant may have penalties beside the solver.</summary>
    public virtual bool TakesPenalties => false;

    /// <summary>Returns the formula of the objective, as the paper has it.</summary>
    public abstract string Formula(VariantFile file);

    /// <summary>Returns the lines of the call that solves the variant from <c>data</c> and <c>hyper</c>.</summary>
    public abstract IReadOnlyList<string> Solve(VariantFile file);

    /// <summary>Reports inputs that do not fit the solver.</summary>
    public virtual void Check(AttributeReader attribute, INamedTypeSymbol trunk, TaskSetModel tasks)
    {
        if (trunk.Attributes(attribute.Context).Find(WellKnownNames.Input)?.Integers("shape") is { } input && input.Count != 1)
        {
            attribute.Context.Report(
                Rules.BadShape,
                attribute.Location,
                $"[{attribute.Name}]",
                $"a linear model needs rows of numbers, and the input is {(input.Count == 2 ? "a sequence" : "an image")}: "
                    + "declare a network with [Input(features)] and name it with [Network(nameof(…))]");
        }
    }

    protected static IReadOnlyList<string> Call(string method, params string[] arguments) =>
        [$"global::UAmtfl.LinearModels.Solve.{method}({string.Join(", ", arguments.Prepend("data"))});"];

    /// <summary>Reports tasks of a kind that the solver does not take, and returns false if there are any.</summary>
    protected bool Takes(AttributeReader attribute, TaskSetModel tasks, string instead, params TaskKind[] kinds)
    {
        if (tasks.Tasks.FirstOrDefault(t => !kinds.Contains(t.Kind)) is not { } task)
        {
            return TakesLosses(
                attribute,
                tasks,
                _ => "its solver has one loss for each kind of task; train a network without layers, or leave the option of the task out");
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
