using UAmtfl.Data.Tables;
using UAmtfl.Messages;

namespace UAmtfl.Data;

/// <summary>Splits the images of a folder by its folders <c>train</c>, <c>val</c> or <c>validation</c>, and <c>test</c>. Splits without a
/// folder are drawn, with the same share of each class.</summary>
internal static class ImageSplits
{
    private const string Train = "train";

    private static readonly string[] Validation = ["val", "validation"], Test = ["test"];

    /// <summary>Lists the images of the splits.</summary>
    /// <param name="folder">The folder, which has the folders of the classes or those of the splits.</param>
    /// <param name="declared">What the experiment declares.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <returns>The archive with the classes, the images for training, validation and test, and whether every seed has the same test
    /// images.</returns>
    /// <exception cref="DataException">The folder cannot be read or split.</exception>
    public static (ImageArchive Archive, IReadOnlyList<ArchiveImage>[] Splits, bool SharedTest) Read(
        string folder, ImageFolderDeclaration declared, int seed)
    {
        // A class may be named train, for example of vehicles, but its folder has images and no folders.
        var given = Directory.Exists(Path.Combine(folder, Train)) && Directory.EnumerateDirectories(Path.Combine(folder, Train)).Any();
        var archive = given ? Part(folder, Train) : ImageFolder.Read(folder);
        var (validation, test) = given ? (Given(archive, folder, Validation), Given(archive, folder, Test)) : (null, null);
        if (given && Others(folder).FirstOrDefault() is { } other)
        {
            throw new DataException(
                $"{folder}: there is a folder {other} beside {Train}: move it away, or name it val, validation or test if it is one");
        }

        var (part, folds) = (Fraction(validation, declared.Validation, nameof(Validation), 0.1), Folds(declared, test));
        var splits = folds > 0
            ? Drawn(archive, part, 1.0 / folds, rows => CrossValidation.Split(
                archive.Source, rows, chosen => Splitter(archive, chosen), seed, declared.Seed, folds, part, ("image", "images")))
            : Draw(
                archive, part, Fraction(test, declared.Test, nameof(Test), 0.2), declared.Seed > 0 ? declared.Seed : seed);
        return (
            archive, [splits[0], validation?.Images ?? splits[1], test?.Images ?? splits[2]],
            test is not null || (declared.Seed > 0 && folds == 0));
    }

    /// <summary>Returns the number of folds, after a check that nothing else says what is for the test.</summary>
    private static int Folds(ImageFolderDeclaration declared, ImageArchive? test)
    {
        CrossValidation.RequireSeveral(declared.Folds);
        return declared.Folds == 0 ? 0
            : test is not null
            ? throw new DataException($"{test.Source}: the test has this folder, and Folds is stated too: drop one of them")
            : declared.Test is not null
            ? throw new DataException("the fraction Test has no effect beside Folds, which says what is for the test: drop one of them")
            : declared.Folds;
    }

    private static IReadOnlyList<ArchiveImage>[] Draw(ImageArchive archive, double validation, double test, int seed)
    {
        // As decimals, because 1 − 0.2 − 0.1 is a little above 0.7 as doubles, so that a class of five would have no validation image.
        var train = 1 - (decimal)validation - (decimal)test;
        if (train <= 0)
        {
            throw new DataException(FormattableString.Invariant(
                $"{archive.Source}: the fractions {test} for the test and {validation} for the validation leave no image for training: ")
                + "choose smaller ones, whose sum is below 1");
        }

        return Drawn(archive, validation, test, rows => Splitter(archive, rows).Draw(seed, (double)train, validation));
    }

    private static RowSplitter Splitter(ImageArchive archive, IReadOnlyList<int> rows) =>
        new(rows, group: null, row => archive.Images[row].Class);

    /// <summary>Draws splits, and throws if a class has no image in one of them.</summary>
    private static IReadOnlyList<ArchiveImage>[] Drawn(
        ImageArchive archive, double validation, double test, Func<IReadOnlyList<int>, List<int>[]> draw)
    {
        var splits = Array.ConvertAll(
            draw([.. Enumerable.Range(0, archive.Images.Count)]),
            rows => (IReadOnlyList<ArchiveImage>)[.. rows.Select(row => archive.Images[row])]);
        foreach (var (images, (fraction, split)) in splits.Zip(
            [(1.0, "training"), (validation, "the validation"), (test, "the test")]))
        {
            if (fraction == 0)
            {
                continue;
            }

            var filled = images.Select(i => i.Class).ToHashSet();
            if (Enumerable.Range(0, archive.Classes.Count).FirstOrDefault(c => !filled.Contains(c), -1) is >= 0 and var few)
            {
                var own = Words.Count(archive.Images.Count(i => i.Class == few), "image");
                throw new DataException(
                    $"{archive.Source}: class {archive.Classes[few]} has {own}, which leaves none for {split}: give more images of it, or "
                        + "change the fractions Test and Validation or the number of Folds");
            }
        }

        return splits;
    }

    /// <summary>Returns the fraction to draw: none if the split has a folder.</summary>
    private static double Fraction(ImageArchive? given, double? declared, string option, double otherwise) =>
        given is null ? declared ?? otherwise
        : declared is null ? 0
        : throw new DataException($"{given.Source}: the split has this folder, and the fraction {option} is stated too: drop one of them");

    private static ImageArchive? Given(ImageArchive train, string folder, string[] names)
    {
        string[] found = [.. names.Where(name => Directory.Exists(Path.Combine(folder, name)))];
        if (found.Length == 0)
        {
            return null;
        }

        var archive = found.Length == 1 ? Part(folder, found[0])
            : throw new DataException($"{folder}: there are the folders {found[0]} and {found[1]}, which are one split: keep one");
        return archive.Classes.Except(train.Classes).FirstOrDefault() is { } foreign
            ? throw new DataException($"{archive.Source}: class {foreign} is not in the folder {Train}: remove it, or add it there")
            : train.Classes.Except(archive.Classes).FirstOrDefault() is { } missing
            ? throw new DataException($"{archive.Source}: there is no class {missing}, which the folder {Train} has: add its images")
            : archive;
    }

    /// <summary>Lists the images of a split, identified by their paths from the folder of all splits.</summary>
    private static ImageArchive Part(string folder, string name)
    {
        var archive = ImageFolder.Read(Path.Combine(folder, name));
        return archive with { Images = [.. archive.Images.Select(i => i with { Id = Path.Combine(name, i.Id) })] };
    }

    private static IEnumerable<string> Others(string folder) =>
        Directory.GetDirectories(folder).Select(path => Path.GetFileName(path))
            .Where(name => !name.StartsWith('.')).Except([Train, .. Validation, .. Test]).Order(StringComparer.Ordinal);
}
