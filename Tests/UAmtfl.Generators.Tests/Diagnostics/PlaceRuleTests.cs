using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Parsing;
using UAmtfl.Generators.Tests.Names;
using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Diagnostics;

/// <summary>Each attribute is reported at each place of a declaration where it has no effect.</summary>
public sealed class PlaceRuleTests
{
    private const string Experiment = "put it on the class with [Experiment]";
    private const string Both = "put it on the class with [Experiment], or on a variant in it";
    private const string Network = "put it on a network, a nested class with [Input(…)]";
    private const string Variant = "put it on a variant, a nested class with a sharing scheme such as [HardSharing]";
    private const string Tasks = "put it on the enum of the tasks or on one of its members";
    private const string Member = "put it on a member of the enum of the tasks";
    private const string OfEnum = "put it on an enum in the class with [Experiment]";
    private const string OfMethod = "put it on a static method in the class with [Experiment]";

    /// <summary>How each attribute is written if it has arguments, and what the message says about where it belongs.</summary>
    private static readonly Dictionary<string, (string Arguments, string Home)> Written = new()
    {
        ["Experiment"] = ("(\"again\")", ""), ["Dataset"] = ("<Toy>", Experiment), ["Metric"] = ("(TaskMetric.Error)", Experiment),
        ["RegressionFamily"] = ("(\"Drug\", \"drugs.tasks.txt\")", Experiment),
        ["BinaryFamily"] = ("(\"Drug\", \"drugs.tasks.txt\")", Experiment),
        ["ImageFolder"] = ("(\"photos\")", Experiment), ["Table"] = ("(\"t.csv\")", Experiment), ["Partition"] = ("", Experiment),
        ["Column"] = ("(\"y\")", Member),
        ["Training"] = ("", Both), ["Adam"] = ("", Both), ["Sgd"] = ("(0.1)", Both), ["StepDecay"] = ("", Both),
        ["EarlyStopping"] = ("(3)", Both), ["AdamW"] = ("", Both), ["CosineDecay"] = ("", Both), ["ExponentialDecay"] = ("(0.9)", Both),
        ["PlateauDecay"] = ("", Both), ["WarmUp"] = ("(3)", Both), ["ClipNorm"] = ("(1)", Both), ["ClipValue"] = ("(1)", Both),
        ["Accumulate"] = ("(2)", Both),
        ["Binary"] = ("", Tasks), ["Classification"] = ("(3)", Tasks), ["Regression"] = ("", Tasks),
        ["Input"] = ("(4)", Network), ["Trunk"] = ("<Perceptron>(4)", Network), ["Linear"] = ("(4)", Network),
        ["Conv2d"] = ("(4)", Network), ["MaxPool2d"] = ("(2)", Network),
        ["AvgPool2d"] = ("(2)", Network), ["BatchNorm"] = ("", Network), ["Dropout"] = ("", Network), ["ReLU"] = ("", Network),
        ["Tanh"] = ("", Network), ["Sigmoid"] = ("", Network), ["Flatten"] = ("", Network), ["Split"] = ("", Network),
        ["Heads"] = ("", Network), ["BeginResidual"] = ("", Network), ["EndResidual"] = ("", Network),
        ["LeakyReLU"] = ("", Network), ["GELU"] = ("", Network), ["SiLU"] = ("", Network), ["GlobalAvgPool"] = ("", Network),
        ["AdaptiveAvgPool2d"] = ("(1)", Network), ["LayerNorm"] = ("", Network), ["GroupNorm"] = ("(2)", Network),
        ["BasicBlock"] = ("(4)", Network), ["Bottleneck"] = ("(4)", Network), ["Mlp"] = ("(5, 4)", Network), ["LeNet5"] = ("", Network),
        ["ResNet18"] = ("", Network), ["ResNet50"] = ("", Network), ["RandomFlip"] = ("", Network), ["RandomCrop"] = ("", Network),
        ["Conv1d"] = ("(4)", Network), ["MaxPool1d"] = ("(2)", Network), ["AvgPool1d"] = ("(2)", Network),
        ["Embedding"] = ("(9, 4)", Network), ["Gru"] = ("(4)", Network), ["Lstm"] = ("(4)", Network),
        ["SoftSharing"] = ("(1)", Variant), ["Mmoe"] = ("(2)", Variant), ["DSelectK"] = ("(2)", Variant),
        ["Adapters"] = ("(2)", Variant),
        ["Network"] = ("(\"Mlp\")", Variant), ["Grid"] = ("(\"Alpha\", 1, 2)", Variant), ["GoMtl"] = ("(2)", Variant),
        ["Weighting"] = ("<Mean>", Variant), ["FocusedLearning"] = ("(\"One\")", Variant),
        ["L1"] = ("(1)", Variant), ["L2"] = ("(1)", Variant), ["FeatureNorm"] = ("(1)", Variant), ["GroupLasso"] = ("(1)", Variant),
        ["TraceNorm"] = ("(1)", Variant), ["TaskGraph"] = ("(1)", Variant),
        ["MeanConstraint"] = ("(1, 1)", Variant), ["Dirty"] = ("(1, 1)", Variant), ["SparseLowRank"] = ("(1, 1)", Variant),
        ["RobustTasks"] = ("(1, 1)", Variant), ["StartFrom"] = ("(\"Pre\")", Variant), ["Freeze"] = ("(Part.Trunk)", Variant),
        ["LearningRateScale"] = ("(Part.Trunk, 0.1)", Variant), ["TrainOn"] = ("(\"One\")", Variant),
        ["TransferSetting"] = ("(TransferKind.MultiTask)", Both),
        ["Source"] = ("(\"crowd\")", Experiment), ["Depends"] = ("(\"crowd\", \"rules\")", Experiment),
        ["Hierarchy"] = ("", OfEnum), ["Under"] = ("(\"A\")", OfEnum), ["LabellingFunction"] = ("", OfMethod),
    };

    /// <summary>The attributes of the runtime by name, found by reflection, so that a new one fails here until its place is stated
    /// above.</summary>
    private static readonly IReadOnlyDictionary<string, string> Spaces = typeof(ExperimentAttribute).Assembly.GetExportedTypes()
        .Where(t => t.IsSubclassOf(typeof(Attribute)) && !t.IsAbstract && !Described.Descriptions.Contains(t))
        .ToDictionary(t => t.Name.Split('`')[0][..^"Attribute".Length], t => t.Namespace!);

    private static IEnumerable<string> All => Spaces.Keys;

    public static TheoryData<string> Names => [.. All];

    public static TheoryData<string> Places => [.. PlacesOfClasses.Keys, .. PlacesOfOthers.Keys];

    /// <summary>A place is given all attributes that do not belong there at once, and each must be reported at its own
    /// position.</summary>
    [Theory]
    [MemberData(nameof(Places))]
    public Task WhatDoesNotBelongAtAPlaceIsReported(string place)
    {
        var classes = PlacesOfClasses.ContainsKey(place);
        var at = classes ? PlacesOfClasses[place] : PlacesOfOthers[place];
        List<(string Name, string Home, string Attribute)> wrong =
        [
            .. All.Select(name => (Name: name, Home: Home(name), Attribute: $"global::{Space(name)}.{name}{Arguments(name)}"))
                .Where(a => a.Home.Length > 0 && at.Takes(a.Home) && !at.Reads(a.Home))
                // An input makes a class a network, whatever other attributes it has.
                .Where(a => place != Variant || a.Name is not ("Input" or "Trunk")),
        ];
        Assert.NotEmpty(wrong);
        var marked = wrong.Select((a, i) => $"{{|#{i}:{a.Attribute}|}}");
        var source = at.Source.Contains("$$") ? at.Source.Replace("$$", string.Join(", ", marked))
            : at.Source.Replace("$each$", string.Join("\n", marked.Select((m, i) => at.Each.Replace("$$", m).Replace("#it", $"It{i}"))));
        return Verify.RuleAsync(
            source, [.. wrong.Select((a, i) => ("UAM036", $"[{a.Name}] has no effect on {at.Said.Replace("#it", $"It{i}")}: {a.Home}"))]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EachHasAPlace(string name)
    {
        var source = Declaration.Prelude
            + (Home(name) switch
            {
                Member => "public enum It { $$ A }",
                OfMethod => "public class It { $$ public static void A() { } }",
                var home => $"$$ public {(home is Tasks or OfEnum ? "enum" : "class")} It;",
            })
                .Replace("$$", $"[global::{Space(name)}.{name}{Arguments(name)}]", StringComparison.Ordinal);
        var type = GeneratorRun.Of(source).Output.GetTypeByMetadataName("Lab.It")!;
        ISymbol symbol = Home(name) is Member or OfMethod ? Assert.Single(type.GetMembers("A")) : type;
        Assert.NotEqual(Place.Nowhere, Parsing.Places.Of(Assert.Single(symbol.Attributes(new ParseContext(default, default)))));
    }

    [Fact]
    public Task AnEmptyPartialClassIsNoVariantYet() => Verify.RuleAsync(
        Declaration.Of(
            other: """
                public partial class {|#0:Later|};
                public class Mine;
                public partial class Helper { public int Number; }
                public partial class Derived : Helper;
                """),
        (
            "UAM037",
            "'Later' has no attribute that makes it a network or a variant: "
                + "add [Input(…)] and layers, or a sharing scheme such as [HardSharing], or remove 'partial'"));

    [Fact]
    public Task ANetworkWithAMethodIsTheNetwork() => Verify.RuleAsync(
        Declaration.Of(trunks: "[Input(4), Linear(4), {|#0:HardSharing|}] public partial class Mlp;"),
        ("UAM036", "[HardSharing] has no effect on the network 'Mlp': " + Variant));

    [Fact]
    public Task AVariantWithALayerIsTheVariant() => Verify.RuleAsync(
        Declaration.Of(variants: "[HardSharing, {|#0:ReLU|}, {|#1:Linear(3)|}] public partial class Mtl;"),
        ("UAM036", "[ReLU] has no effect on the variant 'Mtl': " + Network),
        ("UAM036", "[Linear] has no effect on the variant 'Mtl': " + Network));

    private static string Space(string name) => Spaces[name];

    private static string Arguments(string name) => Written.TryGetValue(name, out var written) ? written.Arguments : "";

    private static string Home(string name) => Written.TryGetValue(name, out var written) ? written.Home : Variant;

    private static readonly Dictionary<string, Where> PlacesOfClasses = new()
    {
        [Experiment] = new(
            Declaration.Of(head: """[Experiment("toy"), Dataset<Toy>, $$] public static partial class Study"""),
            "the experiment 'Study'",
            home => home is Experiment or Both),
        [Network] = new(
            Declaration.Of(trunks: "[Input(4), Linear(8), $$] public partial class Mlp;"), "the network 'Mlp'", home => home == Network),
        [Variant] = new(
            Declaration.Of(variants: "[HardSharing, $$] public partial class Mtl;"), "the variant 'Mtl'", home => home is Variant or Both),
        ["nested"] = new(
            Declaration.Of(other: "$each$"),
            "'#it', which is neither a network nor a variant",
            home => home != Experiment)
        {
            Each = "[$$] public class #it;",
        },
        ["deeper"] = new(
            Declaration.Of(variants: "[HardSharing] public partial class Mtl { $each$ }"),
            "'#it', which is not nested in a class with [Experiment]")
        {
            Each = "[$$] public class #it;",
        },
        ["around"] = new(
            Declaration.Prelude + "[$$] public static partial class It { " + Declaration.Body() + " }",
            "'It', which is not nested in a class with [Experiment]"),
        ["elsewhere"] = new(
            Declaration.Of() + "$each$", "'#it', which is not nested in a class with [Experiment]")
        {
            Each = "[$$] public class #it;",
        },
    };

    /// <summary>The places of attributes that the compiler allows on enums, on fields or on methods.</summary>
    private static readonly Dictionary<string, Where> PlacesOfOthers = new()
    {
        ["an enum elsewhere"] = new(
            Declaration.Of() + "[$$] public enum It { A }", "'It', which is not nested in a class with [Experiment]")
        {
            Takes = OnEnums,
        },
        ["its member"] = new(
            Declaration.Of() + "public enum It { [$$] A }", "'A', which is no member of an enum in a class with [Experiment]")
        {
            Takes = OnFields,
        },
        ["an enum in a variant"] = new(
            Declaration.Of(variants: "[HardSharing] public partial class Mtl { [$$] public enum It { A } }"),
            "'It', which is not nested in a class with [Experiment]")
        {
            Takes = OnEnums,
        },
        ["a field"] = new(
            Declaration.Of(other: "[$$] public static readonly int It = 1;"),
            "'It', which is no member of an enum in a class with [Experiment]")
        {
            Takes = OnFields,
        },
        ["a field of a network"] = new(
            Declaration.Of(trunks: "[Input(4), Linear(8)] public partial class Mlp { [$$] public int It = 1; }"),
            "'It', which is no member of an enum in a class with [Experiment]")
        {
            Takes = OnFields,
        },
        ["a method elsewhere"] = new(
            Declaration.Of() + "public static class Other { [$$] public static int It() => 1; }",
            "'It', which is no method of a class with [Experiment]")
        {
            Takes = OnMethods,
        },
        ["a method of a variant"] = new(
            Declaration.Of(variants: "[HardSharing] public partial class Mtl { [$$] public static int It() => 1; }"),
            "'It', which is no method of a class with [Experiment]")
        {
            Takes = OnMethods,
        },
    };

    private static bool OnClasses(string home) => home is not (Tasks or Member or OfEnum or OfMethod);

    private static bool OnEnums(string home) => home is Tasks or OfEnum;

    private static bool OnFields(string home) => home is Tasks or Member;

    private static bool OnMethods(string home) => home == OfMethod;

    /// <summary>A place in a declaration where attributes can be written.</summary>
    /// <param name="Source">The declaration, with $$ where the attributes go, or $each$ where a class for each attribute goes.</param>
    /// <param name="Said">The words of the message for this place.</param>
    /// <param name="Belongs">True for the kinds of attributes that have an effect here; if absent, no attribute has.</param>
    private sealed record Where(string Source, string Said, Func<string, bool>? Belongs = null)
    {
        /// <summary>The text of a class for one attribute, which takes the place of $each$.</summary>
        public string Each { get; init; } = "";

        /// <summary>True for the kinds of attributes that the compiler allows here.</summary>
        public Func<string, bool> Takes { get; init; } = OnClasses;

        public bool Reads(string home) => Belongs?.Invoke(home) ?? false;
    }
}
