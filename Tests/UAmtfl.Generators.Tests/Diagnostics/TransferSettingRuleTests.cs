using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Diagnostics;

/// <summary>A stated setting of transfer learning holds.</summary>
public sealed class TransferSettingRuleTests
{
    private const string Attribute = "TransferSetting(TransferKind.MultiTask)";
    private const string Shared = $"[Experiment(\"toy\"), Dataset<Toy>, {Attribute}] public static partial class Study";

    private const string Nothing = "nothing is transferred between tasks; share a network among several tasks, or start from one that has "
        + "learnt others";

    private const string Labelled = "its source has labels, or there is none; start from a file that was made without labels, "
        + "[StartFrom(\"….safetensors\")]";

    [Theory]
    [InlineData("HardSharing, TransferSetting(TransferKind.MultiTask)", "MultiTask")]
    [InlineData("SingleTask, StartFrom(nameof(Mtl)), TransferSetting(TransferKind.MultiTask)", "MultiTask")]
    [InlineData("SingleTask, StartFrom(\"a.safetensors\"), TransferSetting(TransferKind.SelfTaught)", "SelfTaught")]
    public void TheSettingIsInTheDescriptor(string attributes, string kind)
    {
        var run = GeneratorRun.Of(Declaration.Of(variants: $"{Declaration.Variants} [{attributes}] public partial class Other;"));
        GeneratorRun.AssertNone(run.GeneratorDiagnostics);
        Assert.Contains($"Setting = global::UAmtfl.TransferKind.{kind},", run["Lab.Study+Other.g.cs"]);
        Assert.DoesNotContain("Setting", run["Lab.Study+Mtl.g.cs"]);
    }

    /// <summary>The setting of an experiment is that of its variants that transfer, unless they state another.</summary>
    [Fact]
    public void TheSettingOfAnExperimentIsThatOfItsVariants()
    {
        var run = GeneratorRun.Of(Declaration.Of(
            head: Shared,
            variants: Declaration.Variants + "[SingleTask] public partial class Stl; [Ridge] public partial class Linear; "
                + "[HardSharing, StartFrom(\"a.safetensors\"), TransferSetting(TransferKind.SelfTaught)] public partial class Taught;"));
        GeneratorRun.AssertNone(run.GeneratorDiagnostics);
        Assert.Contains("Setting = global::UAmtfl.TransferKind.MultiTask,", run["Lab.Study+Mtl.g.cs"]);
        Assert.Contains("Setting = global::UAmtfl.TransferKind.SelfTaught,", run["Lab.Study+Taught.g.cs"]);
        Assert.DoesNotContain("Setting", run["Lab.Study+Stl.g.cs"]);
        Assert.DoesNotContain("Setting", run["Lab.Study+Linear.g.cs"]);
    }

    [Theory]
    [InlineData("SingleTask", "MultiTask", Nothing)]
    [InlineData("HardSharing, TrainOn(\"Two\")", "MultiTask", Nothing)]
    [InlineData("Ridge", "MultiTask", Nothing)]
    [InlineData("HardSharing", "SelfTaught", Labelled)]
    [InlineData("HardSharing, StartFrom(nameof(Mtl))", "SelfTaught", Labelled)]
    [InlineData("HardSharing", "Transductive",
        "a head learns from labels of its task, so that no task without labels is predicted; give the target labels, and state MultiTask")]
    [InlineData("HardSharing", "Unsupervised", "every variant learns from labels; name the setting of the labels that it has")]
    public Task UAM044ASettingThatDoesNotHold(string attributes, string kind, string why) => Verify.RuleAsync(
        Declaration.Of(
            variants: $"{Declaration.Variants} [{attributes}, {{|#0:TransferSetting(TransferKind.{kind})|}}] public partial class Other;"),
        ("UAM044", $"'Other' cannot be in the setting {kind}: {why}"));

    [Fact]
    public Task UAM044ASettingOfNoVariant() => Verify.RuleAsync(
        Declaration.Of(
            head: Shared.Replace(Attribute, $"{{|#0:{Attribute}|}}", StringComparison.Ordinal),
            variants: "[SingleTask] public partial class Stl;"),
        ("UAM044", "the experiment cannot be in the setting MultiTask: no variant without a setting of its own is in it; "
            + "remove [TransferSetting]"));
}
