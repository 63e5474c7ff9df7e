using System.Globalization;
using System.Text;

namespace UAmtfl.Data;

/// <summary>Reads an archive in the layout of Caltech-UCSD Birds-200-2011 (Wah et al. 2011): <c>classes.txt</c>, <c>images.txt</c>,
/// <c>image_class_labels.txt</c> and <c>train_test_split.txt</c>, in which each line has a number, a blank and a value, and the folder
/// <c>images</c>.</summary>
public static class CubFolder
{
    private const string ClassFile = "classes.txt";
    private const string ImageFile = "images.txt";
    private const string LabelFile = "image_class_labels.txt";
    private const string SplitFile = "train_test_split.txt";

    /// <summary>Lists the images with their classes and the official split.</summary>
    /// <param name="folder">The folder that has the four files, or the folder around it, in which it is named
    /// <c>CUB_200_2011</c>.</param>
    /// <exception cref="DataException">A file is missing or has a line that is wrong, an image is missing or named unlike its class, or a
    /// class has no image.</exception>
    public static ImageArchive Read(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var inner = Path.Combine(folder, "CUB_200_2011");
        var root = Directory.Exists(inner) ? inner : folder;
        var classes = Values.Read(root, ClassFile);
        var files = Values.Read(root, ImageFile);
        var labels = Values.Read(root, LabelFile);
        var splits = Values.Read(root, SplitFile);
        var numbers = classes.Numbers.Select((number, index) => (number, index)).ToDictionary(c => c.number, c => c.index);
        return new ImageArchive(
            root,
            [.. classes.Numbers.Select(classes.Of)],
            [.. files.Numbers.Select(number =>
            {
                var name = files.Of(number);
                var label = labels.Number(number, "the number of a class of " + ClassFile, numbers.ContainsKey);
                var isTraining = splits.Number(number, "0 for the test or 1 for training", split => split is 0 or 1) == 1;
                var path = Path.Combine(root, "images", name);
                return name.Split('/') is not [var of, _] || of != classes.Of(label)
                    ? throw files.Wrong(number, $"{name}, expected a file in the folder {classes.Of(label)}, which is its class")
                    : !DecodedImage.IsNamed(path) ? throw DecodedImage.Misnamed(path)
                    : File.Exists(path) ? new ArchiveImage(path, name, numbers[label], isTraining)
                    : throw files.Wrong(number, $"{name}, but there is no such file in the folder images");
            })]).Checked();
    }

    /// <summary>The lines of a file, each with a number and a value.</summary>
    private sealed class Values
    {
        private readonly string path;
        private readonly Dictionary<int, (int Line, string Value)> values = [];

        private Values(string path) => this.path = path;

        /// <summary>The numbers in their order in the file.</summary>
        public List<int> Numbers { get; } = [];

        public static Values Read(string folder, string name)
        {
            var read = new Values(Path.Combine(folder, name));
            var lines = Encoding.UTF8.GetString(DataFile.Read(read.path)).Split('\n');
            for (var i = 0; i < lines.Length; i++)
            {
                var line = lines[i].Trim();
                if (line.Length == 0)
                {
                    continue;
                }

                if (line.Split(' ', 2) is not [var first, var value]
                    || !int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                {
                    throw read.Wrong(i + 1, $"'{line}'", "a number, a blank and a value");
                }

                if (!read.values.TryAdd(number, (i + 1, value)))
                {
                    throw read.Wrong(i + 1, $"number {number} again", "each number once");
                }

                read.Numbers.Add(number);
            }

            return read;
        }

        /// <summary>Returns the value of a number.</summary>
        public string Of(int number) => values.TryGetValue(number, out var found) ? found.Value
            : throw new DataException($"{path}: there is no line for number {number}: fetch the archive again");

        /// <summary>Returns the value of a number, which is a number too.</summary>
        public int Number(int number, string expected, Func<int, bool> allowed) =>
            int.TryParse(Of(number), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && allowed(value) ? value
                : throw Wrong(values[number].Line, $"'{Of(number)}'", expected);

        /// <summary>Returns the error for the line of a number.</summary>
        public DataException Wrong(int number, string found) =>
            new($"{path}: line {values[number].Line}: {found}: fetch the archive again");

        private DataException Wrong(int line, string found, string expected) =>
            new($"{path}: line {line}: {found}, expected {expected}: fetch the archive again");
    }
}
