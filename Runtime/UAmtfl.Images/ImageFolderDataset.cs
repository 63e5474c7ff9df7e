namespace UAmtfl.Data;

/// <summary>The data set of an experiment that takes its data from a folder of images for each class
/// (<see cref="ImageFolderAttribute"/>).</summary>
/// <param name="declaration">What the experiment declares.</param>
public sealed class ImageFolderDataset(ImageFolderDeclaration declaration) : IDeclaredData, IPredictionFiles
{
    private const string PathOption = "Path", TestOption = "Test", ValidationOption = "Validation", FoldsOption = "Folds",
        SeedOption = "Seed";

    /// <inheritdoc/>
    public IReadOnlyList<string> Options { get; } = [PathOption, TestOption, ValidationOption, FoldsOption, SeedOption];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Declared => DeclaredOptions.Of(
        (PathOption, declaration.Path, ""), (nameof(declaration.Side), declaration.Side, null),
        (nameof(declaration.Tasks), declaration.Tasks, null), (nameof(declaration.Classes), declaration.Classes, 0),
        (TestOption, declaration.Test, null), (ValidationOption, declaration.Validation, null), (FoldsOption, declaration.Folds, 0),
        (SeedOption, declaration.Seed, 0));

    /// <inheritdoc/>
    public Splits Load(DataRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var declared = Configured(request);
        var (archive, splits, sharedTest) = ImageSplits.Read(ImageFolder.Locate(declared.Path, request.Folder), declared, request.Seed);
        CheckClasses(declared, archive);
        var reader = new ImageReader(declared.Side);
        var samples = Array.ConvertAll(
            splits, images => declared.Classes > 0 ? archive.Samples(images, reader) : archive.Samples(images, reader, declared.Tasks));
        return new(samples[0], samples[1], samples[2], sharedTest);
    }

    string IDeclaredData.Source(DataRequest request) => request.Text(PathOption, declaration.Path);

    /// <inheritdoc/>
    public PredictionInputs? Read(string path) => ImageFiles.Read(path, declaration.Side);

    private ImageFolderDeclaration Configured(DataRequest request) => declaration with
    {
        Path = ((IDeclaredData)this).Source(request),
        Test = Fraction(request, TestOption, declaration.Test),
        Validation = Fraction(request, ValidationOption, declaration.Validation),
        Folds = request.Integer(FoldsOption, declaration.Folds, 0, 10_000),
        Seed = request.Integer(SeedOption, declaration.Seed, 0, 1_000_000_000),
    };

    private static double? Fraction(DataRequest request, string option, double? declared) =>
        request.Number<ImageFolderAttribute>(option, declared ?? double.NaN) is var fraction && double.IsNaN(fraction) ? null : fraction;

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
