using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads the folder of images from which an experiment takes its data: [ImageFolder].</summary>
internal static class ImageFolderParser
{
    private const int Channels = 3;

    /// <summary>Returns the model of the folder, and the shape of an image.</summary>
    public static (ImageFolderModel Images, EquatableArray<int> Shape) Parse(
        AttributeReader folder, INamedTypeSymbol experiment, TaskSetModel tasks)
    {
        if (!experiment.ContainingModule.ReferencedAssemblySymbols.Any(
            library => library.GetTypeByMetadataName(WellKnownNames.ImageFolderDataset) is not null))
        {
            Report(folder, "path", "the project does not refer to UAmtfl.Images, which reads images: add that package");
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

        var side = folder.Integer("Side");
        return (
            new(
                folder.Text("path") ?? "", side,
                tasks.Tasks.OrderBy(t => t.LabelColumn).Select(t => t.Label ?? t.Name).ToEquatableArray(),
                single ? tasks.Tasks[0].Outputs : 0, test, validation, folder.Integer("Seed")),
            [Channels, side, side]);
    }

    private static double? Fraction(AttributeReader folder, string name) => folder.States(name) ? folder.Number(name) : null;

    private static void Report(AttributeReader folder, string argument, string why) =>
        folder.Context.Report(Rules.BadImageFolder, folder.LocationOf(argument), folder.Text("path") ?? "", why);
}
