using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using UAmtfl.Descriptors;
using UAmtfl.Generators.Parsing;
using UAmtfl.Generators.Tests.Support;
using UAmtfl.Training;

namespace UAmtfl.Generators.Tests.Numbers;

/// <summary>For every number of the language, the compiler's rules, grids, settings and the record of hyper-parameters accept the same
/// values. (Constructors are compared in the tests of their classes.)</summary>
public sealed class NumberTests
{
    private const string Tasks = "[Regression] public enum Task { A, B, C, D, E, F }";

    private static IReadOnlyList<Number> OfVariants => [.. Number.All.Where(n => n.OfVariant)];

    private static IReadOnlyList<Number> Elsewhere => [.. Number.All.Where(n => !n.OfVariant && !n.OfLayer)];

    /// <summary>Each number has <c>[Number]</c> on its property, with the default that the property has.</summary>
    [Fact]
    public void EachNumberIsDescribedWithItsDefault() => Assert.All(Number.All, number =>
    {
        var (parameter, range) = (
            number.Attribute.GetConstructors().Single().GetParameters()
                .FirstOrDefault(p => string.Equals(p.Name, number.Property.Name, StringComparison.OrdinalIgnoreCase)),
            number.Range);
        if (parameter is { IsOptional: false })
        {
            Assert.True(double.IsNaN(range.Default), $"{number} must be written and has a default");
            return;
        }

        var type = number.Attribute.IsGenericTypeDefinition
            ? number.Attribute.MakeGenericType(typeof(UAmtfl.Weighting.LossBased.Equal))
            : number.Attribute;
        var own = parameter is not null ? parameter.DefaultValue
            : type.GetProperty(number.Property.Name)!
                .GetValue(Activator.CreateInstance(type, [.. type.GetConstructors().Single().GetParameters().Select(Any)]));
        Assert.True(
            range.Contains(range.Default) && Convert.ToDouble(own) == range.Default,
            $"{number} is described with the default {range.Default}, and is {own}");

        static object? Any(ParameterInfo parameter) =>
            parameter.ParameterType == typeof(string)
                ? "A" : parameter.ParameterType.IsEnum ? Enum.ToObject(parameter.ParameterType, 1)
                : parameter.ParameterType == typeof(double[]) ? Array.Empty<double>()
                : Convert.ChangeType(1, parameter.ParameterType);
    });

    [Fact]
    public void AVariantWithoutAttributesTrainsAsTheRecordSays()
    {
        var (model, plan) = (PlanParser.Default, new TrainingPlan());
        Assert.Equal(
            (
                plan.Epochs, plan.BatchSize, plan.EvaluateEvery, $"{plan.Optimizer}", plan.LearningRate, plan.Beta1, plan.Beta2,
                plan.Epsilon, plan.Momentum, plan.DecayAt, plan.DecayFactor, plan.Patience),
            (
                model.Epochs, model.BatchSize, model.EvaluateEvery, model.Optimizer, model.LearningRate, model.Beta1, model.Beta2,
                model.Epsilon, model.Momentum, model.DecayAt, model.DecayFactor, model.Patience));
        Assert.Equal(
            (
                plan.Nesterov, $"{plan.Schedule}", plan.DecayAlsoAt.Count, plan.DecayFloor, plan.PlateauPatience, plan.PlateauThreshold,
                plan.WarmUp, plan.ClipNorm, plan.ClipValue, plan.Accumulate),
            (
                model.Nesterov, model.Schedule, model.DecayAlsoAt.Count, model.DecayFloor, model.PlateauPatience, model.PlateauThreshold,
                model.WarmUp, model.ClipNorm, model.ClipValue, model.Accumulate));
        Assert.Equal(
            (plan.Epochs, plan.BatchSize, plan.EvaluateEvery),
            (new TrainingAttribute().Epochs, new TrainingAttribute().BatchSize, new TrainingAttribute().EvaluateEvery));
    }

    /// <summary>The rule about numbers out of range accepts exactly the values in the range of each attribute's number.</summary>
    [Fact]
    public async Task TheCompilerAcceptsWhatTheRangeHas()
    {
        var members = new List<(Number Number, double Value, string Text)>();
        foreach (var number in Number.All)
        {
            foreach (var value in number.Probes)
            {
                var text = number.OfVariant ? $"{Variant(number, number.Written(value))} public partial class V{members.Count};"
                    : number.OfLayer ? $"[{number.Input(2000)}, {number.Written(value)}] public partial class N{members.Count};"
                    : number.Attribute != typeof(TrunkAttribute<>) ? ""
                    : $"[Input(4), Trunk<Perceptron>({Number.Literal(value)})] public partial class N{members.Count};";
                members.Add((number, value, text));
            }
        }

        var source = Source([.. members.Select(m => m.Text)]);
        var refused = await Refused(source);
        for (var i = 0; i < members.Count; i++)
        {
            var (number, value, text) = members[i];
            if (text.Length > 0)
            {
                var verdict = refused.Contains(i) ? "refused" : "accepted";
                Assert.True(number.Range.Contains(value) != refused.Contains(i), $"{number} = {value}: {verdict}");
            }
        }
    }

    [Theory]
    [InlineData("Seeds", "[Experiment(\"toy\", Seeds = {0}), Dataset<Toy>] public static partial class Study", Tasks)]
    [InlineData("Train", "[Experiment(\"toy\"), Table(\"t\"), Partition(Train = {0})] public static partial class Study", Tasks)]
    [InlineData("Validation", "[Experiment(\"toy\"), Table(\"t\"), Partition(Validation = {0})] public static partial class Study", Tasks)]
    [InlineData("Folds", "[Experiment(\"toy\"), Table(\"t\"), Partition(Folds = {0})] public static partial class Study", Tasks)]
    [InlineData("Seed", "[Experiment(\"toy\"), Table(\"t\"), Partition(Seed = {0})] public static partial class Study", Tasks)]
    [InlineData("Side", "[Experiment(\"toy\"), ImageFolder(\"f\", Side = {0})] public static partial class Study", Tasks)]
    [InlineData("Test", "[Experiment(\"toy\"), ImageFolder(\"f\", Test = {0})] public static partial class Study", Tasks)]
    [InlineData("Validation", "[Experiment(\"toy\"), ImageFolder(\"f\", Validation = {0})] public static partial class Study", Tasks)]
    [InlineData("Folds", "[Experiment(\"toy\"), ImageFolder(\"f\", Folds = {0})] public static partial class Study", Tasks)]
    [InlineData("Seed", "[Experiment(\"toy\"), ImageFolder(\"f\", Seed = {0})] public static partial class Study", Tasks)]
    [InlineData("Classes", Declaration.Head, "[Classification({0})] public enum Task { A, B }")]
    [InlineData("Delta", Declaration.Head, "[Regression(Loss = RegressionLoss.Huber, Delta = {0})] public enum Task { A, B }")]
    [InlineData("PositiveWeight", Declaration.Head, "[Binary(PositiveWeight = {0})] public enum Task { A, B }")]
    [InlineData("LabelSmoothing", Declaration.Head, "[Classification(3, LabelSmoothing = {0})] public enum Task { A, B }")]
    [InlineData("Level", Declaration.Head, "[Regression(Loss = RegressionLoss.Quantile, Level = {0})] public enum Task { A, B }")]
    public async Task TheCompilerAcceptsWhatTheRangeHasElsewhere(string property, string head, string tasks)
    {
        var number = Elsewhere.First(n => n.Property.Name == property);
        foreach (var value in number.Probes.Where(v => v < 100))
        {
            var found = await GeneratorRun.Of(
                Declaration.Of(head: head.Replace("{0}", Number.Literal(value)), tasks: tasks.Replace("{0}", Number.Literal(value))))
                .AnalyzeAsync();
            Assert.Equal(number.Range.Contains(value), found.All(d => d.Id != "UAM011"));
        }

        // With Trunk<T>'s features, which the test above checks. Attributes of one base class have its numbers.
        Assert.Equal(17, Elsewhere.Select(n => (n.Property.DeclaringType, n.Property.Name)).Distinct().Count());
    }

    /// <summary>The record, the settings and the grid of each hyper-parameter accept the same values. The property of the record is found
    /// by giving it a value other than the default.</summary>
    [Fact]
    public async Task RecordSettingsAndGridAcceptWhatTheRangeHas()
    {
        Number[] numbers = [.. OfVariants.Where(n => !n.IsOfPlan && !n.IsOfNetwork)];
        double[] other =
        [
            .. numbers.Select(
                n => n.Probes.First(v => n.Range.Contains(v) && v > 0
                    && v != (double.IsNaN(n.Range.Default) ? n.Valid : n.Range.Default))),
        ];
        var plain = numbers.Select((n, i) => $"{Variant(n, Number.Written(n.Attribute))} public partial class D{i};");
        var stated = numbers.Select((n, i) => $"{Variant(n, n.Written(other[i]))} public partial class V{i};");
        var assembly = GeneratorRun.Of(Source([.. plain, .. stated])).Load();
        var grids = new List<(Number Number, double Value, string Text)>();
        for (var i = 0; i < numbers.Length; i++)
        {
            var (number, hyper) = (numbers[i], assembly.GetType($"Lab.Study+V{i}+Hyper")!);
            var (with, without) = (
                Activator.CreateInstance(hyper)!, Activator.CreateInstance(assembly.GetType($"Lab.Study+D{i}+Hyper")!)!);
            var changed = hyper.GetProperties().Where(p => p.GetValue(with) is double or int
                && !Equals(
                    p.GetValue(with),
                    without.GetType().GetProperty(p.Name) is { } same ? same.GetValue(without) : number.Range.Default)).ToList();
            Assert.True(
                changed.Count == 1,
                $"{number} = {other[i]} changes {changed.Count} hyper-parameters of "
                    + $"{string.Join(", ", hyper.GetProperties().Select(p => $"{p.Name} = {p.GetValue(with)}"))}");
            var property = changed[0];
            Assert.Equal(other[i], Convert.ToDouble(property.GetValue(with)));
            var read = typeof(HyperParameters).GetMethod(nameof(HyperParameters.Read))!.MakeGenericMethod(hyper);
            foreach (var value in number.Whole ? number.Probes.Append(number.Range.Minimum + 0.5) : number.Probes)
            {
                var settings = new Settings(
                    new ConfigurationBuilder()
                        .AddInMemoryCollection([new($"v:{property.Name}", Number.Literal(value))]).Build()
                        .GetSection("v"));
                var refusal = Record.Exception(() => read.Invoke(null, [settings]))?.InnerException;
                Assert.True(number.Accepts(value) == (refusal is null), $"settings, {number} = {value}: {refusal?.Message ?? "accepted"}");
                var grid = $"Grid(\"{property.Name}\", {Number.Literal(other[i])}, {Number.Literal(value)})";
                var variant = Variant(number, $"{number.Written(other[i])}, {grid}");
                grids.Add((number, value, $"{variant} public partial class G{grids.Count};"));
            }
        }

        var refused = await Refused(Source([.. grids.Select(g => g.Text)]));
        for (var i = 0; i < grids.Count; i++)
        {
            Assert.True(grids[i].Number.Accepts(grids[i].Value) != refused.Contains(i), $"grid of {grids[i].Number}, {grids[i].Value}");
        }
    }

    /// <summary>Writing the default of a number in a declaration does not change the generated code.</summary>
    [Fact]
    public async Task ADefaultThatIsWrittenChangesNothing()
    {
        Number[] all = [.. Number.All.Where(n => !double.IsNaN(n.Range.Default)), .. Number.Switches];
        Number[] members = [.. all.Where(n => n.OfVariant || n.OfLayer)];
        string Text(Number n, string attribute, string name) => n.OfVariant ? $"{Variant(n, attribute)} public partial class {name};"
            : $"[{n.Input(16)}, {attribute}{(n.MakesRows ? "" : ", Flatten")}] public partial class {name};";
        var run = GeneratorRun.Of(Source([.. members.SelectMany((n, i) => new[]
        {
            Text(n, Number.Written(n.Attribute), $"D{i}x"),
            Text(
                n,
                n.Written(n.Property.PropertyType == typeof(bool) ? $"{Default(n)}".ToLowerInvariant() : Number.Literal(n.Range.Default)),
                $"S{i}x"),
        })], more: "[HardSharing, Network(nameof(Mlp))] public partial class Plain;"));
        GeneratorRun.AssertNone([.. run.Problems, .. (await run.AnalyzeAsync()).Where(d => d.Severity == DiagnosticSeverity.Error)]);
        for (var i = 0; i < members.Length; i++)
        {
            var (plain, stated) = (Code(run[$"Lab.Study+D{i}x.g.cs"]), Code(run[$"Lab.Study+S{i}x.g.cs"]));
            Assert.True(plain == stated.Replace($"S{i}x", $"D{i}x"), $"{members[i]} written as its default changes the generated code");
        }

        // Without the declaration at the top, which has the default.
        static string Code(string file) => Snapshot.WithoutHash(file[file.IndexOf("\nnamespace ", StringComparison.Ordinal)..]);

        static object Default(Number n)
        {
            var type = n.Attribute;
            object?[] arguments =
            [
                .. type.GetConstructors().Single().GetParameters()
                    .Select(p =>
                        p.ParameterType == typeof(string)
                            ? "A" : p.ParameterType.IsArray ? Array.Empty<double>()
                            : (object)Convert.ChangeType(1, p.ParameterType)),
            ];
            return n.Property.GetValue(Activator.CreateInstance(type, arguments))!;
        }
    }

    private static string Variant(Number number, string attribute) =>
        number.Attribute == typeof(CrMogmAttribute) ? $"[HardSharing, Mgda, {attribute}, Network(nameof(Mlp))]"
        : number.Attribute == typeof(AdamWAttribute) ? $"[HardSharing, L2(1), {attribute}, Network(nameof(Mlp))]"
        : !Methods.MethodCatalogue.ReadsScheme(number.Attribute.FullName!) ? $"[HardSharing, {attribute}, Network(nameof(Mlp))]"
        : $"[{attribute}, Network(nameof(Mlp))]";

    /// <summary>Writes a declaration with one member on each line, so that a line number identifies a member.</summary>
    private static string Source(IReadOnlyList<string> members, string more = "") =>
        Declaration.Of(
            tasks: Tasks,
            trunks: "[Input(4), Split, Linear(8), ReLU] public partial class Mlp;",
            variants: $"{more}\n/*members*/\n{string.Join("\n", members)}");

    /// <summary>Returns the members that the rule about numbers out of range reports.</summary>
    private static async Task<HashSet<int>> Refused(string source)
    {
        var first = source[..source.IndexOf("/*members*/", StringComparison.Ordinal)].Count(c => c == '\n') + 1;
        var found = await GeneratorRun.Of(source).AnalyzeAsync();
        return [.. found.Where(d => d.Id == "UAM011").Select(d => d.Location.GetLineSpan().StartLinePosition.Line - first)];
    }
}
