using UAmtfl.Data;
using UAmtfl.Experiments.Room;
using UAmtfl.Experiments.Tables;
using UAmtfl.Hosting;

namespace UAmtfl.Tests.Data.Images;

/// <summary>Features of images are read from the files of NumPy and of MATLAB.</summary>
public sealed class ImageFeaturesTests : IDisposable
{
    private static readonly MatWriter Writer = new();

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Three images with two features each, column by column and row by row, and as single and double precision.</summary>
    [Theory]
    [InlineData("", new double[0], 0, 0)]
    [InlineData("2 x 3", new[] { 1, 2, 3, 4, 5, 6.5 }, 2, 3)]
    [InlineData("3 x 2", new[] { 1, 3, 5, 2, 4, 6.5 }, 3, 2)]
    public void EachFileGivesTheSameFeatures(string shape, double[] values, int rows, int columns)
    {
        if (shape.Length == 0)
        {
            Array("features.npy", [[1, 2], [3, 4], [5, 6.5f]]);
            Array("labels.npy", [[4], [1], [2]]);
        }
        else
        {
            folder.Write("features.mat", Writer.File(
                Writer.Compressed(Writer.Matrix("features", 6, 9, [rows, columns], values)),
                Writer.Matrix("labels", 6, 9, [3, 1], [4, 1, 2])));
        }

        var features = ImageFeatures.Read(folder.Path, classes: 4);
        Assert.Equal((3, 2), (features.Count, features.Width));
        Assert.Equal([1, 2, 3, 4, 5, 6.5f], features.Values);
        Assert.Equal([3, 0, 1], features.Classes);
        using var chosen = features.Rows([2, 0]);
        Assert.Equal([5, 6.5f, 1, 2], chosen.data<float>());
    }

    [Theory]
    [InlineData(
        2, 0.5, "variable labels: label 2 is 0.5, expected a whole number from 1 to 4: give the number of the class of each image")]
    [InlineData(
        2, 5, "variable labels: label 2 is 5, expected a whole number from 1 to 4: give the number of the class of each image")]
    [InlineData(4, 1, "variable features: 2 x 3 numbers beside 4 labels: give the features of as many images as there are labels")]
    public void MistakesAreNamedWithFileAndVariable(int labels, double second, string why)
    {
        double[] numbers = [4, second, .. Enumerable.Repeat(1.0, Math.Max(1, labels - 2))];
        folder.Write("features.mat", Writer.File(
            Writer.Matrix("features", 6, 9, [2, 3], [1, 2, 3, 4, 5, 6]), Writer.Matrix("labels", 6, 9, [1, numbers.Length], numbers)));
        Assert.Equal($"{folder.File("features.mat")}: {why}", Refused());
    }

    [Fact]
    public void AMissingVariableIsNamed()
    {
        folder.Write("features.mat", Writer.File(Writer.Matrix("feature", 6, 9, [2, 1], [1, 2])));
        Assert.StartsWith($"{folder.File("features.mat")}: no variable 'features'", Refused());
    }

    /// <summary>Of 41 photographs of each kind 20 are for the test, 2 for validation and 19 for training.</summary>
    [Fact]
    public void EachKindOfRoomIsInEachSet()
    {
        Array("features.npy", [.. Enumerable.Range(0, 820).Select(i => new[] { i, (float)(i % 20) })]);
        Array("labels.npy", [.. Enumerable.Range(0, 820).Select(i => new[] { 1 + (float)(i % 20) })]);
        using var splits = new RoomFeatures().Load(new(folder.Path, 1));
        foreach (var (samples, ofEach) in new[] { (splits.Train, 19), (splits.Validation, 2), (splits.Test, 20) })
        {
            Assert.Equal(Enumerable.Repeat((float)ofEach, 20), samples.Labels.sum(dim: 0).data<float>());
            using var kinds = samples.Labels.argmax(1);
            Assert.Equal(kinds.data<long>().Select(k => (float)k), samples.Inputs.select(1, 1).contiguous().data<float>());
        }
    }

    private string Refused() => Assert.Throws<DataException>(() => ImageFeatures.Read(folder.Path, classes: 4)).Message;

    private void Array(string name, float[][] rows)
    {
        using var stream = File.Create(folder.File(name));
        Npy.Write(stream, rows);
    }
}
