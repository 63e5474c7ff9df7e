using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>The declaration of a folder of images becomes the data set of the descriptor.</summary>
public sealed class ImageFoldersTests
{
    [Fact]
    public void AFolderIsTheDataSetOfOneTask() => Assert.Contains(
        """
                Dataset = static () => new global::UAmtfl.Data.ImageFolderDataset(new()
                {
                    Path = "photos",
                    Side = 8,
                    Tasks =
                    [
                        "Kind",
                    ],
                    Classes = 3,
                }),
        """.ReplaceLineEndings("\n"),
        Generated("ImageFolder(\"photos\", Side = 8)", "public enum Animal { [Classification(3)] Kind }"));

    [Fact]
    public void EveryOptionIsWritten() => Assert.Contains(
        """
                    Path = "my \"photos\"",
                    Side = 8,
                    Tasks =
                    [
                        "Ox", "PolarBear",
                    ],
                    Test = 0.25,
                    Validation = 0,
                    Seed = 7,
                }),
        """.ReplaceLineEndings("\n"),
        Generated(
            "ImageFolder(\"my \\\"photos\\\"\", Side = 8, Test = 0.25, Validation = 0, Seed = 7)",
            "[Binary(OneVsAll = true)] public enum Animal { Ox, PolarBear }"));

    [Fact]
    public void FoldsAreWritten() => Assert.Contains(
        """
                    Classes = 3,
                    Folds = 5,
                }),
        """.ReplaceLineEndings("\n"),
        Generated("ImageFolder(\"photos\", Side = 8, Folds = 5)", "public enum Animal { [Classification(3)] Kind }"));

    /// <summary>Beside a table the folder only has the inputs, so that tasks may be of any kinds.</summary>
    [Theory]
    [InlineData("Table(\"t.csv\")", "TableDataset", "public enum Animal { [Classification(3)] Kind, [Regression] Weight, [Binary] Tame }")]
    [InlineData("Table(\"t.csv\", Task = \"of\", Label = \"y\")", "PerTaskTableDataset", "[Regression] public enum Animal { Ox, Cow }")]
    public void ImagesOfATableAreItsInputs(string table, string dataset, string tasks)
    {
        var text = Generated($"{table}, ImageFolder(\"photos\", Side = 8, Column = \"file\")", tasks);
        Assert.Contains($"Dataset = static () => new global::UAmtfl.Data.Tables.{dataset}(new()", text);
        Assert.Contains("}, new global::UAmtfl.Data.ImageColumn(\"photos\", \"file\", 8)),", text);
    }

    [Fact]
    public void WithoutThePackageNothingIsGenerated() => Assert.DoesNotContain(
        "Lab.Study.g.cs",
        GeneratorRun.Of(Source("ImageFolder(\"photos\", Side = 8)", "public enum Animal { [Classification(3)] Kind }")).Hints);

    private static string Generated(string folder, string tasks)
    {
        var run = GeneratorRun.OfProject(Source(folder, tasks), "Lab", OutputKind.DynamicallyLinkedLibrary, References.Images);
        GeneratorRun.AssertNone(run.Problems);
        return run["Lab.Study.g.cs"].ReplaceLineEndings("\n");
    }

    private static string Source(string folder, string tasks) => Declaration.Of(
        head: $"[Experiment(\"toy\"), {folder}] public static partial class Study",
        tasks: tasks,
        trunks: "[Input(3, 8, 8), Flatten, Linear(8)] public partial class Net;");
}
