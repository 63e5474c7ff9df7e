using UAmtfl.Generators.Models;
using static UAmtfl.Generators.Emission.ExperimentWriter;

namespace UAmtfl.Generators.Emission;

/// <summary>Writes the declaration of the folder of images from which an experiment takes its data.</summary>
internal static class ImageFolderWriter
{
    public static void Write(CodeWriter writer, ImageFolderModel images) =>
        writer.Line($"Dataset = static () => new global::{WellKnownNames.ImageFolderDataset}(new()").Line("{").Indented(() =>
        {
            writer.Line($"Path = {Text(images.Path)},").Line($"Side = {images.Side},");
            writer.Line("Tasks =").Line("[").Indented(() => writer.Packed(images.Tasks.Select(Text))).Line("],");
            foreach (var (name, value) in Options(images))
            {
                writer.Line($"{name} = {value},");
            }
        }).Line("}),");

    private static IEnumerable<(string Name, string Value)> Options(ImageFolderModel images)
    {
        if (images.Classes > 0)
        {
            yield return ("Classes", $"{images.Classes}");
        }

        if (images.Test is { } test)
        {
            yield return ("Test", Number(test));
        }

        if (images.Validation is { } validation)
        {
            yield return ("Validation", Number(validation));
        }

        if (images.Folds > 0)
        {
            yield return ("Folds", $"{images.Folds}");
        }

        if (images.Seed > 0)
        {
            yield return ("Seed", $"{images.Seed}");
        }
    }
}
