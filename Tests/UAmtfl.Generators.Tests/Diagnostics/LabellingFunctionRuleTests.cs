using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Diagnostics;

/// <summary>A labelling function is a static method that takes the record of a row and returns a label of a task.</summary>
public sealed class LabellingFunctionRuleTests
{
    private const string Tasks = """
        [Hierarchy] public enum Entity { Person, Organisation }
        public enum Weather { [Binary] Rain, [Regression] Heat, [Classification(3)] Sky }
        public enum Other { A, B }
        """;

    private const string Returned = "return an enum of a hierarchy, 'bool?', 'int?' or 'Labels?', with null to abstain";

    /// <summary>Stands for the generated type, which the analyzer's tests do not generate.</summary>
    private const string Labels = "public readonly record struct Labels(bool? Rain);";

    [Theory]
    [InlineData("public Entity? {|#0:Of|}(Paragraph p) => null;", "it belongs to an object, and an experiment has none: make it static")]
    [InlineData("static Entity? {|#0:Of|}<T>(T p) => null;", "it is generic: name the type of the record")]
    [InlineData("static Entity? {|#0:Of|}() => null;", "it must take the record of a row by value, and nothing else")]
    [InlineData("static Entity? {|#0:Of|}(Paragraph p, int i) => null;", "it must take the record of a row by value, and nothing else")]
    [InlineData("static Entity? {|#0:Of|}(in Paragraph p) => null;", "it must take the record of a row by value, and nothing else")]
    [InlineData("static void {|#0:Of|}(Paragraph p) { }", "it returns 'void': " + Returned)]
    [InlineData("static Entity {|#0:Of|}(Paragraph p) => 0;", "it returns 'Entity': " + Returned)]
    [InlineData("static Other? {|#0:Of|}(Paragraph p) => null;", "it returns 'Other?': " + Returned)]
    [InlineData("static double? {|#0:Of|}(Paragraph p) => null;", "it returns 'double?': " + Returned)]
    [InlineData("static Labels {|#0:Of|}(Paragraph p) => default;", "it returns 'Labels': " + Returned)]
    [InlineData("static Entity? {|#0:Of|}(string p) => null;",
        "it takes 'string', and the records of the rows are 'Paragraph': let it take one of these")]
    [InlineData("static bool? {|#0:Of|}(Paragraph p) => null;",
        "it returns 'bool?' and does not say of which task: write [LabellingFunction(Task = nameof(…))]")]
    [InlineData("static int? {|#0:Of|}(Paragraph p) => null;", "it returns 'int?', and 'Rain' is a binary task: return 'bool?'", "Rain")]
    [InlineData("static bool? {|#0:Of|}(Paragraph p) => null;", "it returns 'bool?', and 'Sky' is a classification: return 'int?'", "Sky")]
    [InlineData("static int? {|#0:Of|}(Paragraph p) => null;",
        "it returns 'int?', and 'Heat' is a regression, which has no classes: label another task", "Heat")]
    [InlineData("static int? {|#0:Of|}(Paragraph p) => null;",
        "it returns 'int?', and 'Entity' is an enum of a hierarchy: return 'Entity?'", "Entity")]
    public Task UAM053AMethodThatCannotLabel(string method, string why, string? task = null) => Verify.RuleAsync(
        Declaration.Of(
            $"[Experiment(\"toy\"), Dataset<Paragraphs>] {(method.StartsWith("public") ? "" : "static ")}partial class Study", Tasks,
            other: $"[LabellingFunction{(task is null ? "" : $"(Task = \"{task}\")")}] {method}") + Labels,
        ("UAM053", $"'Of' cannot label rows: {why}"));

    [Theory]
    [InlineData("Dataset<Toy>", "the rows of 'Toy' have no records: let it be an IRecordDataset<T>")]
    [InlineData("Table(\"t.csv\")", "the rows of [Table] have no records: use [Dataset<T>] with a class that is an IRecordDataset<T>")]
    public Task UAM053ADataSetWithoutRecords(string dataset, string why) => Verify.RuleAsync(
        Declaration.Of(
            $"[Experiment(\"toy\"), {dataset}] public static partial class Study", Tasks, other: """
                [LabellingFunction] private static Entity? {|#0:Of|}(Paragraph p) => null;
                [LabellingFunction] private static Entity? Further(string p) => null;
                """),
        ("UAM053", $"'Of' cannot label rows: {why}"));

    /// <summary>A data set may have records of two types, but a row has one record, which all functions take.</summary>
    [Fact]
    public Task UAM053FunctionsOfDifferentRecords() => Verify.RuleAsync(
        Declaration.Of(
            "[Experiment(\"toy\"), Dataset<Both>] public static partial class Study", Tasks, other: """
                [LabellingFunction] private static Entity? Of(Paragraph p) => null;
                [LabellingFunction] private static Entity? {|#0:Word|}(string p) => null;
                [LabellingFunction] private static Entity? Any(object p) => null;
                """)
        + """
            public sealed class Both : IRecordDataset<Paragraph>, IRecordDataset<string>
            {
                public Splits Load(DataRequest request) => throw new System.NotSupportedException();
            }
            """,
        ("UAM053", "'Word' cannot label rows: it takes 'string', and the records of the rows are 'Paragraph': let it take one of these"));

    [Fact]
    public Task UAM053AnAccessor() => Verify.RuleAsync(
        Declaration.Of(
            "[Experiment(\"toy\"), Dataset<Paragraphs>] public static partial class Study", Tasks,
            other: "private static Entity? It { [LabellingFunction] {|#0:get|} => null; }"),
        ("UAM053", "'get_It' cannot label rows: it is no ordinary method: declare one"));

    [Theory]
    [InlineData("static Entity? Of(Paragraph p) => null;", "Entity?")]
    [InlineData("static Labels? Of(Paragraph p) => null;", "Labels?")]
    public Task UAM021ATaskThatTheTypeSays(string method, string returned) => Verify.RuleAsync(
        Declaration.Of(
            "[Experiment(\"toy\"), Dataset<Paragraphs>] public static partial class Study", Tasks,
            other: "[LabellingFunction({|#0:Task = nameof(Entity)|})] private " + method) + Labels,
        ("UAM021", $"Task of [LabellingFunction] has no effect here: 'Of' returns '{returned}', which says it; leave it out"));

    [Fact]
    public Task UAM033ATaskThatThereIsNot() => Verify.RuleAsync(
        Declaration.Of(
            "[Experiment(\"toy\"), Dataset<Paragraphs>] public static partial class Study", Tasks,
            other: "[LabellingFunction({|#0:Task = \"Rian\"|})] private static bool? Of(Paragraph p) => null;"),
        ("UAM033", "[LabellingFunction] names 'Rian', which is none of the tasks 'Entity', 'Rain', 'Heat', 'Sky': "
            + "name one of these, best by nameof(…)"));

    /// <summary>An error of the compiler is reported once, by the compiler.</summary>
    [Fact]
    public async Task WhatTheCompilerReportsIsNotReportedTwice() => Assert.Empty(await GeneratorRun.Of(Declaration.Of(
            "[Experiment(\"toy\"), Dataset<Paragraphs>] public static partial class Study", Tasks, other: """
                [LabellingFunction] static Nothing? Of(Paragraph p) => null;
                [LabellingFunction] static Entity? By(Nothing p) => null;
                """))
        .AnalyzeAsync());
}
