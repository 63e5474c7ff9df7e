using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using UAmtfl.Generators.Parsing;
using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Robustness;

/// <summary>Names of the user's own that generated code uses for something else:
/// each compiles, at each place, or a rule says so.</summary>
public sealed class HostileNamesTests
{
    /// <summary>Methods that use every short name: a batched backward pass, penalties, losses, parameters.</summary>
    private const string Variants = """
        [Baseline, HardSharing, Mgda, L1(1e-4, Subgradient = true), GroupLasso(0.1)] public partial class Mtl;
        [Amtfl, Uncertainty] public partial class Feedback;
        [SingleTask] public partial class Stl;
        """;

    private static readonly string[] Names =
    [
        "F", "Tensor", "Parameter", "Loss", "Penalty", "LayerBackward", "torch", "nn", "TorchSharp", "System", "Microsoft", "Collections",
        "Enumerable", "Dictionary", "IReadOnlyList",
        "Batch", "Variant", "Labels", "Settings", "TaskKind", "Linear", "Hyper", "Network", "Objective", "Build", "Outputs", "Targets",
        "Losses", "Descriptor", "Mtl2", "features", "Global", "_", "var",
    ];

    private static readonly string[] Alone =
        [.. Names.Where(n => ReservedNames.IsNestedMember(n) || ReservedNames.Members.Contains(n) || ReservedNames.Types.Contains(n))];

    private const string Usings = "using global::UAmtfl; using global::Shared;\n";

    /// <summary>The data set, out of the names' way.</summary>
    private static readonly (string Path, string Text) Shared =
        ("Shared.cs", Declaration.Prelude.Replace("namespace Lab;", "namespace Shared;"));

    public static TheoryData<string> Places =>
    [
        "type beside", "namespace beside", "type around", "base of the type around", "nested type", "member", "member of a variant",
        "member of a network", "task", "variant", "network",
    ];

    /// <summary>The compiler refuses an alias with the name of a namespace, wherever it stands.</summary>
    public static TheoryData<string> Aliases =>
        [.. ReservedNames.Aliases, string.Join(' ', Names.Except(["System", "Microsoft", "TorchSharp"]))];

    /// <summary>Names that stand in one experiment: each that a rule may refuse or a short name in full may answer alone, and all others
    /// together, because a collision of one of them shows beside the others too.</summary>
    private static readonly string[][] Groups = [.. Alone.Select(n => new[] { n }), [.. Names.Except(Alone)]];

    /// <summary>Experiments in namespaces of their own, all in one compilation, because that takes a fraction of the time.</summary>
    [Theory]
    [MemberData(nameof(Places))]
    public async Task AtAPlace(string place)
    {
        string[][] groups = place == "network" ? [.. Names.Select(n => new[] { n })] : Groups;
        var run = GeneratorRun.Of([Shared, .. groups.Select((names, i) => ($"Lab{i}.cs", Source(place, names, $"Lab{i}")))]);
        Assert.Equal(groups.Length, Regex.Count(string.Join("\n", run.Input.SyntaxTrees), @"\[Experiment\("));
        await AssertCompilesAsync(
            run, path => string.Join(' ', groups[int.Parse(Regex.Match(path, @"(?:^|/)Lab(\d+)\.").Groups[1].Value)]));
    }

    /// <summary>All names at once; and each short name alone, which is then written in full beside the others.</summary>
    [Theory]
    [MemberData(nameof(Aliases))]
    public async Task AsGlobalAliases(string names)
    {
        var globals = string.Concat(names.Split(' ').Select(n => $"global using {n} = global::TorchSharp.torch;\n"));
        var run = GeneratorRun.Of([Shared, ("Study.cs", Usings + Declaration.Body(variants: Variants)), ("Globals.cs", globals)]);
        await AssertCompilesAsync(run, _ => names);
    }

    /// <summary>A namespace goes on in a project that is referenced, with types of the short names in it.</summary>
    [Theory]
    [InlineData("Lab")]
    [InlineData("Lab.Inner")]
    public async Task InTheSameNamespaceOfAReferencedProject(string space)
    {
        var types = string.Concat(ReservedNames.Aliases.Select(n => $"public class {n}; "));
        var library = References.Compile([CSharpSyntaxTree.ParseText($"namespace {space} {{ {types} }}", References.Parse)])
            .WithAssemblyName("Library");
        var source = Declaration.Prelude + $"namespace Inner {{ {Declaration.Body(variants: Variants)} }}";
        var run = GeneratorRun.OfProject(
            space == "Lab" ? Declaration.Of(variants: Variants) : source.Replace("namespace Lab;", "namespace Lab {") + "}",
            "Program", OutputKind.DynamicallyLinkedLibrary, library.ToMetadataReference());
        Assert.DoesNotContain("using Tensor", run[$"{space}.Study+Stl.g.cs"]);
        await AssertCompilesAsync(run, _ => "a short name");
    }

    /// <summary>What is taken is written in full, and nothing else changes.</summary>
    [Fact]
    public void AShortNameThatIsTakenIsWrittenInFull()
    {
        var plain = GeneratorRun.Of(Declaration.Of(variants: Variants));
        var taken = GeneratorRun.Of(Declaration.Of(variants: Variants), "namespace Lab { public class Tensor; }");
        var withoutAlias = plain["Lab.Study+Stl.g.cs"].Replace("using Tensor = global::TorchSharp.torch.Tensor;\n", "");
        var expected = Regex.Replace(withoutAlias, @"(?<![\w.])Tensor(?!\w)", "global::TorchSharp.torch.Tensor");
        Assert.Equal(expected, taken["Lab.Study+Stl.g.cs"]);
    }

    /// <summary>What the analyzer and the compiler find is a rule about the name, or nothing.</summary>
    private static async Task AssertCompilesAsync(GeneratorRun run, Func<string, string> nameIn)
    {
        Assert.Empty(run.GeneratorDiagnostics);

        // CS8981: a type in lower-case letters, which is the user's own to decide.
        var found = (await run.AllAsync()).Where(d => d.Severity >= DiagnosticSeverity.Warning && d.Id != "CS8981").ToList();
        var refused = found.Where(d => d.Id.StartsWith("UAM", StringComparison.Ordinal))
            .Select(d => nameIn(d.Location.SourceTree!.FilePath)).ToHashSet();
        GeneratorRun.AssertNone([.. found.Where(d => d.Location.SourceTree is not { } tree || !refused.Contains(nameIn(tree.FilePath)))]);
    }

    private static string Source(string place, string[] names, string space)
    {
        string Body(string tasks = Declaration.Tasks, string trunks = Declaration.Trunks, string variants = Variants, string other = "") =>
            Declaration.Body(Declaration.Head.Replace("toy", space.ToLowerInvariant()), tasks, trunks, variants, other);

        string Each(string text) => string.Join("", names.Select(n => text.Replace("NAME", n)));
        var body = place switch
        {
            "type beside" => Each("public class NAME; ") + Body(),
            "namespace beside" => Each("namespace NAME { public class Something; } ") + Body(),
            "type around" => $"public partial class Around {{ {Each("public class NAME; ")} {Body()} }}",
            "base of the type around" =>
                $"public class Base {{ {Each("public class NAME; ")} }} public partial class Around : Base {{ {Body()} }}",
            "nested type" => Body(other: Each("public class NAME; ")),
            "member" => Body(other: Each("public static int NAME => 1; ")),
            "member of a variant" => Body(variants: Variants.Replace("class Mtl;", $"class Mtl {{ {Each("public int NAME => 1; ")} }}")),
            "member of a network" => Body(
                trunks: $"[Input(4), Linear(8), ReLU] public partial class Mlp {{ {Each("public int NAME => 1; ")} }}"),
            "task" => Body(tasks: $"[Binary] public enum Digit {{ Zero, {string.Join(", ", names)} }}"),
            "variant" => Body(variants: Variants + Each(" [HardSharing] public partial class NAME;")),
            _ => Body(trunks: $"[Input(4), Linear(8), ReLU] public partial class {names.Single()};"),
        };
        return $"{Usings} namespace {space} {{ {body} }}";
    }
}
