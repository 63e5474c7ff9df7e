using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using UAmtfl.Generators.Parsing;
using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Robustness;

/// <summary>A user may give types and members names that generated code uses for something else. At each place such a name compiles, or a
/// rule refuses it.</summary>
public sealed class HostileNamesTests
{
    /// <summary>Variants whose generated code uses every abbreviated type name.</summary>
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

    /// <summary>The data set, in a namespace of its own, where the tested names do not reach it.</summary>
    private static readonly (string Path, string Text) Shared =
        ("Shared.cs", Declaration.Prelude.Replace("namespace Lab;", "namespace Shared;"));

    public static TheoryData<string> Places =>
    [
        "type beside", "namespace beside", "type around", "base of the type around", "nested type", "member", "member of a variant",
        "member of a network", "task", "variant", "network",
    ];

    /// <summary>Sets of names that a test makes global aliases. Names of namespaces are left out because the compiler refuses them as
    /// aliases.</summary>
    public static TheoryData<string> Aliases =>
        [.. ReservedNames.Aliases, string.Join(' ', Names.Except(["System", "Microsoft", "TorchSharp"]))];

    /// <summary>Names that one experiment has together. A name that can be refused or that makes the generator write a type in full
    /// stands alone; all others stand together, because a collision of one shows beside the others as well.</summary>
    private static readonly string[][] Groups = [.. Alone.Select(n => new[] { n }), [.. Names.Except(Alone)]];

    /// <summary>All groups of names are tested in one compilation, each in a namespace of its own, because that takes a fraction of the
    /// time.</summary>
    [Theory]
    [MemberData(nameof(Places))]
    public async Task AtAPlace(string place)
    {
        var groups = place == "network" ? [.. Names.Select(n => new[] { n })] : Groups;
        var run = GeneratorRun.Of([Shared, .. groups.Select((names, i) => ($"Lab{i}.cs", Source(place, names, $"Lab{i}")))]);
        Assert.Equal(groups.Length, Regex.Count(string.Join("\n", run.Input.SyntaxTrees), @"\[Experiment\("));
        await AssertCompilesAsync(
            run, path => string.Join(' ', groups[int.Parse(Regex.Match(path, @"(?:^|/)Lab(\d+)\.").Groups[1].Value)]));
    }

    /// <summary>A global alias with a name that generated code uses does no harm, alone or together with all others.</summary>
    [Theory]
    [MemberData(nameof(Aliases))]
    public async Task AsGlobalAliases(string names)
    {
        var globals = string.Concat(names.Split(' ').Select(n => $"global using {n} = global::TorchSharp.torch;\n"));
        var run = GeneratorRun.Of([Shared, ("Study.cs", Usings + Declaration.Body(variants: Variants)), ("Globals.cs", globals)]);
        await AssertCompilesAsync(run, _ => names);
    }

    /// <summary>Types with the abbreviated names do no harm if they stand in the experiment's namespace in a referenced
    /// project.</summary>
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

    /// <summary>If a user's type has an abbreviated name, generated code writes its own type in full, and nothing else changes.</summary>
    [Fact]
    public void AShortNameThatIsTakenIsWrittenInFull()
    {
        var plain = GeneratorRun.Of(Declaration.Of(variants: Variants));
        var taken = GeneratorRun.Of(Declaration.Of(variants: Variants), "namespace Lab { public class Tensor; }");
        var withoutAlias = plain["Lab.Study+Stl.g.cs"].Replace("using Tensor = global::TorchSharp.torch.Tensor;\n", "");
        var expected = Regex.Replace(withoutAlias, @"(?<![\w.])Tensor(?!\w)", "global::TorchSharp.torch.Tensor");
        Assert.Equal(Snapshot.WithoutHash(expected), Snapshot.WithoutHash(taken["Lab.Study+Stl.g.cs"]));
    }

    /// <summary>Fails if the analyzer or the compiler reports anything but a rule that refuses a name.</summary>
    private static async Task AssertCompilesAsync(GeneratorRun run, Func<string, string> nameIn)
    {
        Assert.Empty(run.GeneratorDiagnostics);

        // CS8981: users may give a type a name in lower-case letters.
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
