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
