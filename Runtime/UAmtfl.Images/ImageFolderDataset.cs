namespace UAmtfl.Data;

/// <summary>The data set of an experiment that takes its data from a folder of images for each class
/// (<see cref="ImageFolderAttribute"/>).</summary>
/// <param name="declaration">What the experiment declares.</param>
public sealed class ImageFolderDataset(ImageFolderDeclaration declaration) : IDataset
{
    private const string PathOption = "Path", TestOption = "Test", ValidationOption = "Validation", SeedOption = "Seed";

    /// <inheritdoc/>
    public IReadOnlyList<string> Options { get; } = [PathOption, TestOption, ValidationOption, SeedOption];

    /// <inheritdoc/>
    public Splits Load(DataRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var declared = Configured(request);
        var (archive, splits, sharedTest) = ImageSplits.Read(Locate(declared.Path, request.Folder), declared, request.Seed);
        CheckClasses(declared, archive);
        var reader = new ImageReader(declared.Side);
        var samples = Array.ConvertAll(
            splits, images => declared.Classes > 0 ? archive.Samples(images, reader) : archive.Samples(images, reader, declared.Tasks));
        return new(samples[0], samples[1], samples[2], sharedTest);
    }

    private ImageFolderDeclaration Configured(DataRequest request) => declaration with
    {
        Path = request.Text(PathOption, declaration.Path),
        Test = Fraction(request, TestOption, declaration.Test),
        Validation = Fraction(request, ValidationOption, declaration.Validation),
        Seed = request.Integer(SeedOption, declaration.Seed, 0, 1_000_000_000),
    };

    private static double? Fraction(DataRequest request, string option, double? declared) =>
        request.Number<ImageFolderAttribute>(option, declared ?? double.NaN) is var fraction && double.IsNaN(fraction) ? null : fraction;

    private static string Locate(string name, string? folder)
    {
        string[] places = folder is null
            ? [Path.Combine(AppContext.BaseDirectory, name), Path.GetFullPath(name)]
            : [
                Path.GetFullPath(name, Path.GetFullPath(folder)),
                Path.Combine(Path.GetFullPath(folder), Path.GetFileName(Path.TrimEndingDirectorySeparator(name))),
                Path.GetFullPath(folder),
            ];
        return Array.Find(places, Directory.Exists) ?? throw new DataException(folder is null
            ? $"the image folder '{name}' is neither {places[0]} nor {places[1]}: copy it beside the program, or name the folder that has "
                + "it with --data"
            : $"the image folder '{name}' is not in {places[^1]}, given with --data: name the folder that has it, or drop --data");
    }

    private static void CheckClasses(ImageFolderDeclaration declared, ImageArchive archive)
    {
        if (declared.Classes > 0 && declared.Classes != archive.Classes.Count)
        {
            throw new DataException(
                $"{archive.Source}: there are folders of {archive.Classes.Count} classes, and the task {declared.Tasks[0]} has "
                    + $"{declared.Classes}: write [Classification({archive.Classes.Count})], or move folders away");
        }
    }
}
