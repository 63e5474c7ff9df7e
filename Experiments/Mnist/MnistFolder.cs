using UAmtfl.Data;

namespace UAmtfl.Experiments.Mnist;

/// <summary>The folder from which a run reads MNIST.</summary>
/// <param name="Path">The path of the folder.</param>
/// <param name="Ships">True if it is the folder beside the program, whose pool is a part of the training images.</param>
public sealed record MnistFolder(string Path, bool Ships)
{
    /// <summary>The folder beside the program with the files that ship.</summary>
    public static MnistFolder Shipped { get; } = new(System.IO.Path.Combine(AppContext.BaseDirectory, "data", "mnist"), Ships: true);

    /// <summary>Finds the folder that <c>--data</c> names, or without one that which ships.</summary>
    /// <param name="request">The request of the run.</param>
    /// <exception cref="DataException">The folder given has none of the files.</exception>
    public static MnistFolder Of(DataRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Folder is { } given ? new(DataFolder.Within(MnistCatalogue.Entry, given), Ships: false) : Shipped;
    }

    /// <summary>Reads the images to train and validate on, which are the 60,000 training images, or the first 500 of each digit, which
    /// ship.</summary>
    /// <exception cref="DataException">A file is missing or damaged.</exception>
    public DigitImages Pool() => DigitImages.Read(Path, Ships ? "pool" : "train");

    /// <summary>Reads the 10,000 test images.</summary>
    /// <exception cref="DataException">A file is missing or damaged, or a digit has no image.</exception>
    public DigitImages Test() => DigitImages.Read(Path, "t10k").WithEveryDigit();
}
