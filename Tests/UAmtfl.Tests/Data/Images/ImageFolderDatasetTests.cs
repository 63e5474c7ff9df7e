using TorchSharp;
using UAmtfl.Data;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Data.Images;

/// <summary>An experiment on photographs without a data set class.</summary>
[Experiment("colours"), ImageFolder("colours", Side = 4)]
[Training(Epochs = 2, BatchSize = 8)]
public static partial class Colours
{
    public enum Task
    {
        [Classification(3)] Colour,
    }

    [Input(3, 4, 4), Flatten, Linear(4), ReLU]
    public partial class Net;

    [Baseline, HardSharing]
    public partial class Plain;
}

/// <summary>Photographs are split by their folders or by drawing, and have the labels of their folders.</summary>
public sealed class ImageFolderDatasetTests : IDisposable
{
    private static readonly string[] Names = ["blue", "green", "red"];

    /// <summary>A declaration of one task with three classes, which a test changes.</summary>
    private static readonly ImageFolderDeclaration Plain = new() { Path = "photos", Side = 4, Tasks = ["Colour"], Classes = 3 };

    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void TheDeclarationIsThatOfTheAttribute()
    {
        Put("colours", 10);
        var dataset = Assert.IsType<ImageFolderDataset>(Colours.Descriptor.Dataset());
        Assert.Equal(["Path", "Test", "Validation", "Folds", "Seed"], ((IDataset)dataset).Options);
        var splits = dataset.Load(new(folder.Path, 1));
        SampleChecks.RequireDisjoint(splits);
        Assert.Equal([21, 3, 6], Sizes(splits));
        Assert.Equal([21, 3, 4, 4], splits.Train.Inputs.shape);
        Assert.Equal([21, 1], splits.Train.Labels.shape);
        Assert.False(splits.SharedTest);
    }

    [Fact]
    public void AnotherOptionIsAnotherDeclaration()
    {
        ImageFolderDeclaration[] edits =
        [
            Plain, Plain with { Path = "pictures" }, Plain with { Side = 5 }, Plain with { Tasks = ["Tint"] }, Plain with { Classes = 4 },
            Plain with { Test = 0.2 }, Plain with { Validation = 0.2 }, Plain with { Seed = 2 },
            Plain with { Folds = 5 },
        ];
        Assert.Equal(typeof(ImageFolderDeclaration).GetProperties().Length, edits.Length - 1);
        Assert.Distinct(edits.Select(e => string.Join(' ', new ImageFolderDataset(e).Declared)));
    }

    [Fact]
    public void AnExperimentIsTrainedOnItsFolder()
    {
        Put("colours", 10);
        var result = SavedModel.Train(
            Colours.Descriptor with { Dataset = () => new WithinFolder(folder.Path, Colours.Descriptor.Dataset()) }, "Plain", epochs: 2);
        using var model = Colours.Plain.Load(folder.Write(result.Model!));
        Assert.Equal(6, model.Predict(Colours.Descriptor.Dataset().Load(new(folder.Path, 1)).Test.Inputs).Colour.Class.Length);
    }

    /// <summary>Each split has the same share of each class, and the label of an image is the place of its folder by name.</summary>
    [Fact]
    public void DrawnSplitsAreStratifiedAndFollowTheSeed()
    {
        Put("photos", 5);
        var splits = Load(Plain);
        Assert.Equal([9, 3, 3], Sizes(splits));
        foreach (var samples in new[] { splits.Train, splits.Validation, splits.Test })
        {
            var classes = samples.Ids!.Select(id => id.Split('/', '\\')[0]).ToList();
            Assert.Equal(Names, classes.Distinct().Order(StringComparer.Ordinal));
            Assert.Equal(classes.Select(c => (float)Array.IndexOf(Names, c)), samples.Labels.data<float>().ToArray());
            Assert.All(classes.GroupBy(c => c), c => Assert.Equal(samples.Count / 3, c.Count()));
        }

        Assert.Equal(splits.Test.Ids, Load(Plain).Test.Ids);
        Assert.NotEqual(splits.Test.Ids, Load(Plain, seed: 2).Test.Ids);
        var (first, second) = (Load(Plain with { Seed = 1 }), Load(Plain with { Seed = 1 }, seed: 2));
        Assert.Equal(first.Test.Ids, second.Test.Ids);
        Assert.True(second.SharedTest);
    }

    [Fact]
    public void OptionsOfTheRunTakePrecedence()
    {
        Put("photos", 5);
        Put("others", 10);
        var splits = Load(Plain, 1, ("Path", "others"), ("Test", "0.5"), ("validation", "0"));
        Assert.Equal([15, 0, 15], Sizes(splits));
        Assert.Equal([0, 3, 4, 4], splits.Validation.Inputs.shape);
        Assert.Equal([0, 1], splits.Validation.Labels.shape);
        Assert.Equal(
            "the data set's option Test is '1.5'; it must be a number, above 0 and below 1", Refused(Plain, ("Test", "1.5")));
        Assert.Equal(
            "photos: the fractions 0.9 for the test and 0.1 for the validation leave no image for training: choose smaller ones, "
                + "whose sum is below 1",
            Refused(Plain, ("Test", "0.9")));
    }

    /// <summary>The seeds of a cross-validation test each image once, with the same share of each class.</summary>
    [Fact]
    public void SeedsMayBeFolds()
    {
        Put("photos", 6);
        var folds = Enumerable.Range(1, 3).Select(seed => Load(Plain with { Folds = 3, Validation = 0.17 }, seed)).ToList();
        foreach (var splits in folds)
        {
            SampleChecks.RequireDisjoint(splits);
            Assert.Equal([9, 3, 6], Sizes(splits));
            Assert.All(splits.Test.Ids!.GroupBy(id => id.Split('/', '\\')[0]), c => Assert.Equal(2, c.Count()));
            Assert.False(splits.SharedTest);
        }

        Assert.Equal(18, folds.SelectMany(f => f.Test.Ids!).Distinct().Count());
        Assert.Equal(18, folds[0].Train.Ids!.Concat(folds[0].Validation.Ids!).Concat(folds[0].Test.Ids!).Distinct().Count());
        Assert.NotEqual(folds[0].Test.Ids, Load(Plain with { Folds = 3, Validation = 0.17 }, seed: 4).Test.Ids);
        Assert.Equal(
            "the fraction Test has no effect beside Folds, which says what is for the test: drop one of them",
            Refused(Plain with { Test = 0.2 }, ("Folds", "3")));
        Assert.Equal(
            "photos: fold 20 of 20 has no image, because there are fewer images: choose fewer folds",
            Assert.Throws<DataException>(() => Load(Plain with { Folds = 20 }, seed: 20)).Message
                .Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
    }

    [Fact]
    public void EachClassCanHaveATaskOfItsOwn()
    {
        Put("photos", 5);
        var declared = Plain with { Tasks = ["Red", "Green", "Blue"], Classes = 0 };
        var test = Load(declared).Test;
        Assert.Equal(
            test.Ids!.SelectMany(id => new[] { "red", "green", "blue" }.Select(c => id.StartsWith(c, StringComparison.Ordinal) ? 1f : 0)),
            test.Labels.data<float>().ToArray());
        Assert.Equal(
            "photos: class green is no task of the experiment: remove it, or add the task",
            Refused(declared with { Tasks = ["Red", "Blue"] }));
    }

    /// <summary>Splits that have a folder are taken from it, and the others are drawn from the training folder.</summary>
    [Theory]
    [InlineData("", "", 21, 3, 6)]
    [InlineData("val", "", 24, 3, 6)]
    [InlineData("", "test", 27, 3, 6)]
    [InlineData("validation", "test", 30, 3, 6)]
    public void SplitsMayHaveFolders(string validation, string test, int training, int validating, int testing)
    {
        Put("photos/train", 10);
        if (validation.Length > 0)
        {
            Put($"photos/{validation}", 1);
        }

        if (test.Length > 0)
        {
            Put($"photos/{test}", 2);
        }

        var splits = Load(Plain);
        SampleChecks.RequireDisjoint(splits);
        Assert.Equal([training, validating, testing], Sizes(splits));
        Assert.Equal(test.Length > 0, splits.SharedTest);
        Assert.All(splits.Test.Ids!, id => Assert.StartsWith(test.Length > 0 ? "test" : "train", id));
    }

    [Fact]
    public void AClassMayBeNamedTrain()
    {
        foreach (var name in new[] { "bus", "car", "train" })
        {
            PutClass($"photos/{name}", 5);
        }

        Assert.Equal([9, 3, 3], Sizes(Load(Plain)));
    }

    [Fact]
    public void SplitsThatDoNotFitAreNamed()
    {
        Put("photos/train", 10);
        Put("photos/test", 2);
        Assert.Equal(
            "photos/test: the split has this folder, and the fraction Test is stated too: drop one of them",
            Refused(Plain with { Test = 0.2 }));
        PutClass("photos/test/pink", 1);
        Assert.Equal("photos/test: class pink is not in the folder train: remove it, or add it there", Refused(Plain));
        PutClass("photos/train/pink", 10);
        PutClass("photos/train/black", 10);
        Assert.Equal("photos/test: there is no class black, which the folder train has: add its images", Refused(Plain));
        PutClass("photos/test/black", 1);
        Assert.Equal(
            "photos/train: there are folders of 5 classes, and the task Colour has 3: write [Classification(5)], or move folders away",
            Refused(Plain));
        Put("photos/notes", 1);
        Assert.Equal(
            "photos: there is a folder notes beside train: move it away, or name it val, validation or test if it is one",
            Refused(Plain));
        Put("photos/val", 1);
        Put("photos/validation", 1);
        Assert.Equal("photos: there are the folders val and validation, which are one split: keep one", Refused(Plain));
    }

    [Fact]
    public void AFolderThatCannotBeReadIsNamed()
    {
        Assert.Equal(
            "the image folder 'photos' is not in nowhere, given with --data: name the folder that has it, or drop --data",
            Assert.Throws<DataException>(() => new ImageFolderDataset(Plain).Load(new(folder.File("nowhere"), 1))).Message
                .Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
        Assert.StartsWith(
            $"the image folder 'no photos' is neither {Path.Combine(AppContext.BaseDirectory, "no photos")} nor ",
            Assert.Throws<DataException>(() => new ImageFolderDataset(Plain with { Path = "no photos" }).Load(new(null, 1))).Message);
        Put("photos", 5);
        PutClass("photos/pink", 3);
        Assert.Equal(
            "photos: class pink has 3 images, which leaves none for the validation: give more images of it, or change the fractions Test "
                + "and Validation or the number of Folds",
            Refused(Plain));
        Assert.EndsWith(
            "class pink has 3 images, which leaves none for the test: give more images of it, or change the fractions Test and Validation "
                + "or the number of Folds",
            Refused(Plain with { Test = 0.1, Validation = 0 }));
        PutClass("photos/pink", 5);
        File.WriteAllText(folder.File("photos/pink/3.png"), "no image");
        Assert.Equal("photos/pink/3.png: it is no image: fetch the file again", Refused(Plain with { Classes = 4 }));
        Directory.CreateDirectory(folder.File("photos/empty"));
        Assert.Equal("photos: class empty has no image: fetch the archive again, or remove the class", Refused(Plain));
    }

    private void Put(string path, int ofEach) => Array.ForEach(Names, name => PutClass($"{path}/{name}", ofEach));

    private void PutClass(string path, int count)
    {
        for (var i = 0; i < count; i++)
        {
            folder.WriteWithin($"{path}/{i}.png", Pictures.Png(4, 4, (x, y) => (20 * x, 20 * y, i)));
        }
    }

    private Splits Load(ImageFolderDeclaration declared, int seed = 1, params (string Name, string Value)[] options) =>
        new ImageFolderDataset(declared).Load(new(folder.Path, seed, options.ToDictionary(o => o.Name, o => o.Value)));

    private string Refused(ImageFolderDeclaration declared, params (string Name, string Value)[] options) =>
        Assert.Throws<DataException>(() => Load(declared, 1, options)).Message
            .Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
            .Replace(Path.DirectorySeparatorChar, '/');

    private static IEnumerable<int> Sizes(Splits splits) => [splits.Train.Count, splits.Validation.Count, splits.Test.Count];
}
