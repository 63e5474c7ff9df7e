using UAmtfl.Descriptors;
using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Robustness;

/// <summary>Names of the user's own that generated code uses for something else: each compiles, at each place, or a rule says so.</summary>
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
        "F", "Tensor", "Parameter", "Loss", "Penalty", "LayerBackward", "torch", "nn", "TorchSharp", "System", "Microsoft", "Collections", "Enumerable", "Dictionary", "IReadOnlyList",
        "Batch", "Variant", "Labels", "Settings", "TaskKind", "Linear", "Model", "Hyper", "Network", "Outputs", "Targets", "Losses", "Descriptor", "Mtl2", "features", "Global",
    ];

    public static TheoryData<string> Places => ["global alias", "type beside", "namespace beside", "type around", "base of the type around", "nested type", "member", "member of a variant", "member of a network", "task", "variant", "network"];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task AtAPlace(string place)
    {
        // The compiler refuses an alias with the name of a namespace, wherever it stands.
        foreach (var name in Names.Where(n => place != "global alias" || n is not ("System" or "Microsoft" or "TorchSharp")))
        {
            var run = GeneratorRun.Of(Source(place, name));
            var rules = await run.AnalyzeAsync();
            Assert.True(run.GeneratorDiagnostics.IsEmpty, $"{name}: {string.Join("\n", run.GeneratorDiagnostics)}");
            Assert.All(rules, r => Assert.StartsWith("UAM", r.Id));
            var problems = run.Problems.Where(p => p.Id != "CS8981").ToList();   // a type in lower-case letters, which is the user's own to decide
            Assert.True(rules.Length > 0 || problems.Count == 0, $"{name}: {string.Join("\n", problems.Take(3))}");
        }
    }

    /// <summary>What is taken is written in full, and nothing else changes.</summary>
    [Fact]
    public void AShortNameThatIsTakenIsWrittenInFull()
    {
        var plain = GeneratorRun.Of(Declaration.Of(variants: Variants));
        var taken = GeneratorRun.Of(Declaration.Of(variants: Variants), "namespace Lab { public class Tensor; }");
        var expected = System.Text.RegularExpressions.Regex.Replace(plain["Lab.Study+Stl.g.cs"].Replace("using Tensor = global::TorchSharp.torch.Tensor;\n", ""), @"(?<![\w.])Tensor(?!\w)", "global::TorchSharp.torch.Tensor");
        Assert.Equal(expected, taken["Lab.Study+Stl.g.cs"]);
    }

    private static string[] Source(string place, string name)
    {
        var source = Declaration.Of(variants: Variants);
        return place switch
        {
            "global alias" => [source.Replace("namespace Lab;", ""), $"global using {name} = global::TorchSharp.torch;"],
            "type beside" => [Declaration.Prelude.Replace("System.Not", "global::System.Not").Replace("torch.", "global::TorchSharp.torch.").Replace("global::TorchSharp.global::TorchSharp.", "global::TorchSharp.").Replace("using ", "using global::") + Declaration.Body(variants: Variants), $"namespace Lab {{ public class {name}; }}"],
            "namespace beside" => [Declaration.Prelude.Replace("System.Not", "global::System.Not").Replace("torch.", "global::TorchSharp.torch.").Replace("using ", "using global::") + Declaration.Body(variants: Variants), $"namespace Lab.{name} {{ public class Something; }}"],
            "type around" => [Declaration.Prelude + $"public partial class Around {{ public class {name}; " + Declaration.Body(variants: Variants) + "}"],
            "base of the type around" => [Declaration.Prelude + $"public class Base {{ public class {name}; }} public partial class Around : Base {{ " + Declaration.Body(variants: Variants) + "}"],
            "nested type" => [Declaration.Of(variants: Variants, other: $"public class {name};")],
            "member" => [Declaration.Of(variants: Variants, other: $"public static int {name} => 1;")],
            "member of a variant" => [Declaration.Of(variants: Variants.Replace("class Mtl;", $"class Mtl {{ public int {name} => 1; }}"))],
            "member of a network" => [Declaration.Of(trunks: $"[Input(4), Linear(8), ReLU] public partial class Mlp {{ public int {name} => 1; }}", variants: Variants)],
            "task" => [Declaration.Of(tasks: $"[Binary] public enum Digit {{ Zero, {name} }}", variants: Variants)],
            "variant" => [Declaration.Of(variants: Variants + $" [HardSharing] public partial class {name};")],
            _ => [Declaration.Of(trunks: $"[Input(4), Linear(8), ReLU] public partial class {name};", variants: Variants)],
        };
    }
}
