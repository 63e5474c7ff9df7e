using UAmtfl.Data;

namespace UAmtfl.Tests.Data.Images;

/// <summary>Archives are listed with their classes and splits, and what is wrong in one is named in one line.</summary>
public sealed class ImageArchiveTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AFolderForEachClassIsListedByName()
    {
        Put("polar+bear/b.png", "polar+bear/a.png", "ox/c.jpeg", "ox/.hidden");
        var archive = ImageFolder.Read(folder.Path);
        Assert.Equal(["ox", "polar+bear"], archive.Classes);
        Assert.Equal([("ox/c.jpeg", 0), ("polar+bear/a.png", 1), ("polar+bear/b.png", 1)], archive.Images.Select(i => (i.Id, i.Class)));
    }

    [Fact]
    public void AClassWithoutImagesAndAFileThatIsNoImageAreNamed()
    {
        Put("ox/c.jpeg");
        Directory.CreateDirectory(folder.File("pig"));
        Assert.Equal(
            $"{folder.Path}: class pig has no image: fetch the archive again, or remove the class",
            Refused(() => ImageFolder.Read(folder.Path)));
        Put("pig/notes.txt");
        Assert.StartsWith($"{folder.File("pig/notes.txt")}: it is no .png", Refused(() => ImageFolder.Read(folder.Path)));
        Assert.StartsWith(
            $"{folder.File("ox")}: it has no folder with the images of a class", Refused(() => ImageFolder.Read(folder.File("ox"))));
        Assert.StartsWith($"{folder.File("no")}: cannot be read", Refused(() => ImageFolder.Read(folder.File("no"))));
    }

    /// <summary>A number of test images of each class is drawn, the same for the same seed, and the others are for training.</summary>
    [Fact]
    public void TestImagesOfEachClassAreDrawn()
    {
        Put([.. from name in new[] { "ox", "pig" } from i in Enumerable.Range(0, name.Length * 3) select $"{name}/{i}.png"]);
        var archive = ImageFolder.Read(folder.Path);
        var (train, test) = archive.Draw(2, seed: 1);
        Assert.Equal([0, 0, 1, 1], test.Select(i => i.Class).Order());
        Assert.Equal(archive.Images.Select(i => i.Id).Order(), train.Concat(test).Select(i => i.Id).Order());
        Assert.Equal(test, archive.Draw(2, seed: 1).Test);
        Assert.NotEqual(test, archive.Draw(2, seed: 2).Test);
        Assert.StartsWith($"{folder.Path}: class ox has 6 images, which leaves none for training", Refused(() => archive.Draw(6, 1)));
    }

    /// <summary>Tasks are found by the letters of their class, whatever their order is.</summary>
    [Fact]
    public void LabelsAreInTheOrderOfTheTasks()
    {
        folder.WriteWithin("001.Polar_bear/a.png", Pictures.Png(4, 4, (_, _) => (0, 0, 0)));
        folder.WriteWithin("002.Ox/b.png", Pictures.Png(4, 4, (_, _) => (0, 0, 0)));
        var archive = ImageFolder.Read(folder.Path);
        using var samples = archive.Samples(archive.Images, new(4), ["Ox", "PolarBear"]);
        Assert.Equal([0, 1, 1, 0], samples.Labels.data<float>().ToArray());
        Assert.Equal([2, 3, 4, 4], samples.Inputs.shape);
        Assert.Equal(["001.Polar_bear/a.png", "002.Ox/b.png"], samples.Ids);
        Assert.Equal(
            $"{folder.Path}: class 001.Polar_bear is no task of the experiment: remove it, or add the task",
            Refused(() => archive.Samples(archive.Images, new(4), ["Ox"])));
        Assert.Equal(
            $"{folder.Path}: there is no class for task Pig: fetch the archive again",
            Refused(() => archive.Samples(archive.Images, new(4), ["Ox", "Pig", "PolarBear"])));
    }

    [Fact]
    public void TheLayoutOfCubIsListedWithItsSplit()
    {
        Cub();
        var archive = CubFolder.Read(folder.Path);
        Assert.Equal(["001.Ox", "002.Pig"], archive.Classes);
        Assert.Equal(
            [("001.Ox/a.jpg", 0, true), ("001.Ox/b.jpg", 0, false), ("002.Pig/c.png", 1, true)],
            archive.Images.Select(i => (i.Id, i.Class, i.IsTraining!.Value)));
        Assert.All(archive.Images, i => Assert.True(File.Exists(i.Path)));
    }

    [Theory]
    [InlineData("train_test_split.txt", "1 1\n2 0\n", "train_test_split.txt: there is no line for number 3: fetch the archive again")]
    [InlineData(
        "train_test_split.txt", "1 1\n2 7\n3 1\n",
        "train_test_split.txt: line 2: '7', expected 0 for the test or 1 for training: fetch the archive again")]
    [InlineData(
        "image_class_labels.txt", "1 1\n2 1\n3 9\n",
        "image_class_labels.txt: line 3: '9', expected the number of a class of classes.txt: fetch the archive again")]
    [InlineData(
        "images.txt", "1 001.Ox/a.jpg\n2 001.Ox/b.jpg\n3 001.Ox/a.jpg\n",
        "images.txt: line 3: 001.Ox/a.jpg, expected a file in the folder 002.Pig, which is its class: fetch the archive again")]
    [InlineData(
        "images.txt", "1 001.Ox/a.jpg\n\n2 001.Ox/z.jpg\n3 002.Pig/c.png\n",
        "images.txt: line 3: 001.Ox/z.jpg, but there is no such file in the folder images: fetch the archive again")]
    [InlineData(
        "classes.txt", "1 001.Ox\n1 002.Pig\n",
        "classes.txt: line 2: number 1 again, expected each number once: fetch the archive again")]
    [InlineData("classes.txt", "Ox\n", "classes.txt: line 1: 'Ox', expected a number, a blank and a value: fetch the archive again")]
    [InlineData(
        "classes.txt", "1 001.Ox\n2 002.Pig\n3 003.Cow\n", ": class 003.Cow has no image: fetch the archive again, or remove the class")]
    public void AWrongLineIsNamed(string file, string content, string why)
    {
        Cub();
        File.WriteAllText(folder.File($"CUB_200_2011/{file}"), content);
        Assert.EndsWith(why, Refused(() => CubFolder.Read(folder.Path)));
    }

    private void Cub()
    {
        foreach (var (name, content) in new[]
        {
            ("classes.txt", "1 001.Ox\n2 002.Pig\n"),
            ("images.txt", "1 001.Ox/a.jpg\n2 001.Ox/b.jpg\n3 002.Pig/c.png\n"),
            ("image_class_labels.txt", "1 1\n2 1\n3 2\n"),
            ("train_test_split.txt", "1 1\n2 0\n3 1\n"),
        })
        {
            folder.WriteWithin($"CUB_200_2011/{name}", System.Text.Encoding.UTF8.GetBytes(content));
        }

        Put("CUB_200_2011/images/001.Ox/a.jpg", "CUB_200_2011/images/001.Ox/b.jpg", "CUB_200_2011/images/002.Pig/c.png");
    }

    /// <summary>Writes files that are listed, and not read.</summary>
    private void Put(params string[] names) => Array.ForEach(names, name => folder.WriteWithin(name, [1]));

    private static string Refused(Action act) => Assert.Throws<DataException>(act).Message;
}
