using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Diagnostics;

/// <summary>The enums of a hierarchy form trees, and each is one task.</summary>
public sealed class HierarchyRuleTests
{
    private const string Entity = "[Hierarchy] public enum Entity { Person, Organisation }\n";

    [Theory]
    [InlineData("{|#0:Under(nameof(Entity.Person))|}, Hierarchy", "{ Doctor }",
        "it has [Hierarchy], which makes it a root, and [Under]: keep one")]
    [InlineData("Under(\"Person\"), {|#0:Binary|}", "{ Doctor }",
        "it is one task, a classification of its members, which cannot have [Binary]: remove it")]
    [InlineData("Under(\"Person\")", "{ [{|#0:Regression|}] Doctor, Lawyer }",
        "it is one task, a classification of its members, which cannot have [Regression]: remove it")]
    [InlineData("Under(\"Person\")", "{ [{|#0:Column(\"doctor\")|}] Doctor, Lawyer }",
        "it is one task, a classification of its members, which cannot have [Column]: remove it")]
    [InlineData("Under(\"Person\")", "{ Doctor, {|#0:Lawyer|} = 3, Nurse }",
        "'Lawyer' is 3, and its label is 1: number the members 0, 1, … in their order, as the compiler does")]
    [InlineData("Under(\"Person\")", "{ Doctor, {|#0:Surgeon|} = Doctor }",
        "'Surgeon' is 0, and its label is 1: number the members 0, 1, … in their order, as the compiler does")]
    [InlineData("Under({|#0:\"Persn\"|})", "{ Doctor }",
        "'Persn' is none of the classes 'Person', 'Organisation': name one of these, best by nameof(…)")]
    [InlineData("Under({|#0:nameof(Kind.Doctor)|})", "{ Doctor, Lawyer }", "'Doctor' is its own member: name a class of another enum")]
    [InlineData("Under({|#0:\"Sun\"|})", "{ Doctor }",
        "'Sun' is a member of 'Weather', which is no task of a hierarchy: add [Hierarchy] to it")]
    public Task UAM051AnEnumWithoutAPlace(string attributes, string members, string why) => Verify.RuleAsync(
        Declaration.Of(tasks: $"{Entity}[Binary] public enum Weather {{ Sun }} [{attributes}] public enum Kind {members}"),
        ("UAM051", $"'Kind' cannot be a task of a hierarchy: {why}"));

    [Theory]
    [InlineData("[Hierarchy] public enum {|#0:Kind|} { }", "it has no member: declare its classes")]
    [InlineData("[Hierarchy] public enum {|#0:Kind|} { Only }", "a root needs two classes or more: declare another")]
    [InlineData("[Under({|#0:\"Person\"|})] public enum Kind { Doctor }",
        "there is no other enum with [Hierarchy], of which it could name a class: add one")]
    [InlineData(
        "[{|#0:Under(\"B1\")|}] public enum Kind { A1 } [Under(\"C1\")] public enum B { B1 } [Under(\"A1\")] public enum C { C1 }",
        "it is below itself, Kind → B → C → Kind: let one of them be a root, with [Hierarchy]")]
    [InlineData(
        "[Hierarchy] public enum A { X, Y } [Under(\"X\")] public enum B { X, Z } [Under({|#0:\"X\"|})] public enum Kind { W }",
        "'X' is a class of 'A' and of 'B': rename one")]
    public Task UAM051EnumsThatFormNoTree(string tasks, string why) => Verify.RuleAsync(
        Declaration.Of(tasks: tasks), ("UAM051", $"'Kind' cannot be a task of a hierarchy: {why}"));

    [Fact]
    public Task UAM004AnEnumAndAMemberOfOneName() => Verify.RuleAsync(
        Declaration.Of(tasks: $"{Entity}[Binary] public enum Weather {{ {{|#0:Entity|}} }}"),
        ("UAM004", "Task 'Entity' is declared twice: as an enum and in 'Weather'; rename one"));

    [Fact]
    public Task UAM018AnEnumNamedLikeAMemberOfTheOutputs() => Verify.RuleAsync(
        Declaration.Of(tasks: "[Hierarchy] public enum {|#0:Features|} { Few, Many }"),
        ("UAM018", "'Features' is a name that generated code uses: choose another name for this task"));

    [Fact]
    public Task UAM020OneVsAll() => Verify.RuleAsync(
        Declaration.Of(tasks: $"{Entity}[Binary({{|#0:OneVsAll = true|}})] public enum Weather {{ Sun, Rain }}"),
        ("UAM020", "'Entity' is not binary, so the tasks are not one-vs-all: remove OneVsAll"));
}
