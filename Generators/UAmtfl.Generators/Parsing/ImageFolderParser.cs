using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads the folder of images from which an experiment takes its data: [ImageFolder].</summary>
internal static class ImageFolderParser
{
    private const int Channels = 3;

    /// <summary>The options that split the images, which a table splits itself.</summary>
    private static readonly string[] OfSplits = ["Test", "Validation", "Folds", "Seed"];

    /// <summary>Returns the model of the folder, and the shape of an image.</summary>
    public static (ImageFolderModel Images, EquatableArray<int> Shape) Parse(
        AttributeReader folder, INamedTypeSymbol experiment, TaskSetModel tasks)
    {
        RequirePackage(folder, experiment);
        if (folder.States("Column"))
        {
            Report(folder, "Column", "Column names a column of a [Table(\"…\")], which the experiment has not: add one, or drop Column");
        }

        var single = tasks.Count == 1 && tasks.Tasks[0].Kind == TaskKind.Classification && !tasks.HasHierarchy;
        if (tasks.Count > 0 && !single && tasks.Tasks.Any(t => t.Kind != TaskKind.Binary || t.Hierarchy is not null))
        {
            Report(
                folder, "path",
                "an image has one class, the name of its folder: declare one [Classification(k)] for k folders, or a [Binary] task for "
                    + "each folder, and no others");
        }

        var (test, validation) = (Fraction(folder, "Test"), Fraction(folder, "Validation"));
        if (test + validation >= 1)
        {
            Report(
                folder, "Test",
                "the fractions Test and Validation leave no image for training: choose smaller ones, whose sum is below 1");
        }

        var (folds, side) = (folder.Integer("Folds"), folder.Integer("Side"));
        if (folds > 0 && folder.States("Test"))
        {
            Report(folder, "Test", "Test has no effect beside Folds, which says what is for the test: keep one");
        }

        if (folds == 1)
        {
            Report(folder, "Folds", "a cross-validation has at least 2 folds: choose more, or drop Folds");
        }
        else if (folds > 1 && validation + (1.0 / folds) >= 1)
        {
            Report(
                folder, "Validation",
                "the fraction Validation and the fold of the test leave no image for training: choose a smaller one");
        }

        return (
            new(
                folder.Text("path") ?? "", side,
                tasks.Tasks.OrderBy(t => t.LabelColumn).Select(t => t.Label ?? t.Name).ToEquatableArray(),
                single ? tasks.Tasks[0].Outputs : 0, test, validation, folds, folder.Integer("Seed")),
            [Channels, side, side]);
    }

    /// <summary>Returns the model of a folder whose images the rows of a table name, or null if it names no column, and the shape of an
    /// image.</summary>
    public static (ImageColumnModel? Images, EquatableArray<int> Shape) ParseColumn(AttributeReader folder, INamedTypeSymbol experiment)
    {
        RequirePackage(folder, experiment);
        if (!folder.States("Column"))
        {
            Report(folder, "path", "there is a [Table] too: name its column of images with Column = \"…\", or keep one");
        }

        foreach (var option in OfSplits.Where(folder.States))
        {
            Report(folder, option, $"{option} has no effect, because the rows of the table are split: write a [Partition], or drop it");
        }

        var side = folder.Integer("Side");
        return (
            folder.Text("Column") is { } column ? new(folder.Text("path") ?? "", column, side) : null, [Channels, side, side]);
    }

    private static void RequirePackage(AttributeReader folder, INamedTypeSymbol experiment)
    {
        if (!experiment.ContainingModule.ReferencedAssemblySymbols.Any(
            library => library.GetTypeByMetadataName(WellKnownNames.ImageFolderDataset) is not null))
        {
            Report(folder, "path", "the project does not refer to UAmtfl.Images, which reads images: add that package");
        }
    }

    private static double? Fraction(AttributeReader folder, string name) => folder.States(name) ? folder.Number(name) : null;

    private static void Report(AttributeReader folder, string argument, string why) =>
        folder.Context.Report(Rules.BadImageFolder, folder.LocationOf(argument), folder.Text("path") ?? "", why);
}
