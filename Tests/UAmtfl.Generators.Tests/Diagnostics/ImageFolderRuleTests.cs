using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Diagnostics;

/// <summary>Rules about folders of images.</summary>
public sealed class ImageFolderRuleTests
{
    private const string Classes = "public enum Animal { [Classification(3)] Kind }";
    private const string Trunk = "[Input(3, 8, 8), Flatten, Linear(8)] public partial class Net;";

    private static string Source(string data, string tasks = Classes, string trunk = Trunk, string other = "") => Declaration.Of(
        head: $"[Experiment(\"toy\"), {data}] public static partial class Study", tasks: tasks, trunks: trunk, other: other);

    private static Task Verified(string source, params (string Id, string Message)[] findings) =>
        Verify.RuleAsync(source, References.Images, findings);

    [Theory]
    [InlineData(Classes)]
    [InlineData("[Binary(OneVsAll = true)] public enum Animal { Ox, PolarBear }")]
    public Task AFolderThatFitsIsSilent(string tasks) =>
        Verified(Source("ImageFolder(\"photos\", Side = 8, Test = 0.5, Validation = 0.4)", tasks));

    [Fact]
    public Task UAM056AProjectWithoutThePackage() => Verify.RuleAsync(
        Source("ImageFolder({|#0:\"photos\"|}, Side = 8)"),
        (
            "UAM056",
            "The image folder 'photos' cannot be used: the project does not refer to UAmtfl.Images, which reads images: add that "
                + "package"));

    [Theory]
    [InlineData("public enum Animal { [Classification(3)] Kind, [Classification(3)] Place }")]
    [InlineData("public enum Animal { [Classification(3)] Kind, [Binary] Ox }")]
    [InlineData("[Regression] public enum Animal { Weight }")]
    [InlineData("[Hierarchy] public enum Animal { Ox, Pig }")]
    public Task UAM056TasksThatFoldersCannotLabel(string tasks) => Verified(
        Source("ImageFolder({|#0:\"photos\"|}, Side = 8)", tasks),
        (
            "UAM056",
            "The image folder 'photos' cannot be used: an image has one class, the name of its folder: declare one [Classification(k)] "
                + "for k folders, or a [Binary] task for each folder, and no others"));

    [Fact]
    public Task UAM056FractionsThatLeaveNoTraining() => Verified(
        Source("ImageFolder(\"photos\", Side = 8, {|#0:Test = 0.5|}, Validation = 0.5)"),
        (
            "UAM056",
            "The image folder 'photos' cannot be used: the fractions Test and Validation leave no image for training: choose smaller "
                + "ones, whose sum is below 1"));

    [Theory]
    [InlineData("{|#0:Test = 0.2|}, Folds = 5", "Test has no effect beside Folds, which says what is for the test: keep one")]
    [InlineData("{|#0:Folds = 1|}", "a cross-validation has at least 2 folds: choose more, or drop Folds")]
    [InlineData(
        "Folds = 2, {|#0:Validation = 0.5|}",
        "the fraction Validation and the fold of the test leave no image for training: choose a smaller one")]
    [InlineData(
        "{|#0:Column = \"file\"|}", "Column names a column of a [Table(\"…\")], which the experiment has not: add one, or drop Column")]
    public Task UAM056OptionsThatDoNotGoTogether(string options, string why) => Verified(
        Source($"ImageFolder(\"photos\", Side = 8, {options})"), ("UAM056", $"The image folder 'photos' cannot be used: {why}"));

    [Fact]
    public Task UAM056AFolderBesideOtherData() => Verified(
        Source("Dataset<Toy>, {|#0:ImageFolder(\"photos\", Side = 8)|}"),
        ("UAM056", "The image folder 'photos' cannot be used: there is a [Dataset<T>] too: keep one"));

    [Theory]
    [InlineData(Classes)]
    [InlineData("public enum Animal { [Classification(3)] Kind, [Regression] Weight }")]
    public Task TheImagesOfATableMayHaveAnyLabels(string tasks) => Verified(
        Source("Table(\"t.csv\"), ImageFolder(\"photos\", Side = 8, Column = \"file\"), Partition(Folds = 3)", tasks));

    [Fact]
    public Task UAM056ATableThatDoesNotNameTheImages() => Verified(
        Source("Table(\"t.csv\"), ImageFolder({|#0:\"photos\"|}, Side = 8)"),
        (
            "UAM056",
            "The image folder 'photos' cannot be used: there is a [Table] too: name its column of images with Column = \"…\", or keep "
                + "one"));

    [Theory]
    [InlineData("Test = 0.2", "Test")]
    [InlineData("Folds = 5", "Folds")]
    public Task UAM056SplitsOfImagesThatATableSplits(string option, string name) => Verified(
        Source($"Table(\"t.csv\"), ImageFolder(\"photos\", Side = 8, Column = \"file\", {{|#0:{option}|}})"),
        (
            "UAM056",
            $"The image folder 'photos' cannot be used: {name} has no effect, because the rows of the table are split: write a "
                + "[Partition], or drop it"));

    [Fact]
    public Task UAM021InputsBesideImages() => Verified(
        Source("Table(\"t.csv\", {|#0:Inputs = new[] { \"a\" }|}), ImageFolder(\"photos\", Side = 8, Column = \"file\")"),
        ("UAM021", "Inputs has no effect here: the inputs are the images of [ImageFolder]"));

    [Fact]
    public Task UAM049ANetworkOfAnotherShape() => Verified(
        Source("ImageFolder(\"photos\")", trunk: "[{|#0:Input(3, 8, 8)|}, Flatten, Linear(8)] public partial class Net;"),
        ("UAM049", "Network 'Net' takes inputs of shape [3, 8, 8], and the data give [3, 224, 224]: write [Input(3, 224, 224)]"));

    [Fact]
    public Task UAM021APartitionOfAFolder() => Verified(
        Source("ImageFolder(\"photos\", Side = 8), {|#0:Partition(Folds = 3)|}"),
        ("UAM021", "[Partition] has no effect here: it is about a [Table(\"…\")], which the experiment has not"));

    [Fact]
    public Task UAM052AFolderHasNoVotes() => Verified(
        Source("ImageFolder(\"photos\", Side = 8), Source({|#0:\"a\"|})"),
        ("UAM052", "The source 'a' cannot be used: the rows of [ImageFolder] have no votes; use a [Dataset<T>] whose samples have Votes"));
}
