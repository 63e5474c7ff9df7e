namespace UAmtfl;

/// <summary>Takes the data of an experiment from photographs, in place of a data set class: <c>[ImageFolder("photos")]</c>. The folder has
/// a folder with the PNG and JPEG files of each class, or the files that a table names.</summary>
/// <param name="path">The folder. It is looked for in the folder given with <c>--data</c>, which may be it itself; else beside the
/// program, else in the working directory.</param>
/// <remarks>
/// The tasks are one <c>[Classification(k)]</c>, whose labels 0 … k−1 are the places of the folders in the order of the code points of
/// their names, or a binary task for each folder, found by the letters and digits of its name: <c>PolarBear</c> is <c>polar bear</c>.
/// The project refers to the package <c>UAmtfl.Images</c>. If the folder has a folder <c>train</c> with the classes, <c>val</c> or
/// <c>validation</c> and <c>test</c> beside it have the images of these splits; a split without a folder is drawn. Drawn splits have
/// the same share of each class.
/// With <see cref="Column"/> the images are the inputs of a <see cref="TableAttribute"/>, which has the labels and the splits, so that an
/// image may have several labels of any kind.
/// </remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ImageFolderAttribute(string path) : Attribute
{
    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>The height and width to which images are resized and cropped, in pixels; inputs are [3, side, side].</summary>
    [Number(1, 10_000, Default = 224)]
    public int Side { get; init; } = 224;

    /// <summary>The column of the experiment's <see cref="TableAttribute"/> that names the image of each row, as a path from the folder.
    /// Without it the experiment has no table, and the label of an image is its folder.</summary>
    public string? Column { get; init; }

    /// <summary>The fraction of the images that is drawn for the test, above 0 and below 1; 0.2 by default. It may not be stated if the
    /// images of the test have a folder.</summary>
    [Number(0, 1, Above = true, Below = true, Default = 0.2)]
    public double Test { get; init; } = 0.2;

    /// <summary>The fraction of the images that is drawn for choices during training, at least 0; 0.1 by default. It may not be stated if
    /// the images of the validation have a folder. What neither fraction takes is for training.</summary>
    [Number(0, 1, Below = true, Default = 0.1)]
    public double Validation { get; init; } = 0.1;

    /// <summary>The number of folds of a cross-validation, at least 2; 0, the default, for none. The images of each class are dealt out to
    /// the folds once, seed 1 is tested on the first fold, seed 2 on the second, and so on. After all folds they are dealt out
    /// again.</summary>
    [Number(0, 10_000, Default = 0)]
    public int Folds { get; init; }

    /// <summary>The seed of the draw, at least 1, if all seeds of the run are to have the same splits; 0, the default, for that of the
    /// run.</summary>
    [Number(0, 1_000_000_000, Default = 0)]
    public int Seed { get; init; }
}
