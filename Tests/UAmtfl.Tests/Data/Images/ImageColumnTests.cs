using UAmtfl.Data;
using UAmtfl.Data.Tables;
using UAmtfl.Tasks;
using UAmtfl.Tests.Data.Tables;

namespace UAmtfl.Tests.Data.Images;

/// <summary>An experiment on photographs with labels of several kinds, which a table has.</summary>
[Experiment("faces"), Table("faces.csv"), ImageFolder("photos", Side = 2, Column = "file")]
[Partition(Train = 0.5, Validation = 0.25, Seed = 1), Training(Epochs = 2, BatchSize = 8)]
public static partial class Faces
{
    public enum Task
    {
        [Binary] Smiling,
        [Regression] Age,
    }

    [Input(3, 2, 2), Flatten, Linear(4), ReLU]
    public partial class Net;

    [Baseline, HardSharing]
    public partial class Plain;
}

/// <summary>A table names the photographs that are the inputs of its rows.</summary>
public sealed class ImageColumnTests : IDisposable
{
    private static readonly TableDeclaration Declared = new()
    {
        Path = "t.csv", Tasks = [new("smiling", TaskKind.Binary), new("age", TaskKind.Regression)], Partition = new() { Column = "split" },
    };

    private readonly Table table = new();
    private readonly TemporaryFolder models = new();

    public void Dispose()
    {
        table.Dispose();
        models.Dispose();
    }

    /// <summary>Each row has the pixels of its image and its own labels, of which one may be missing.</summary>
    [Fact]
    public void ARowHasTheImageThatItNames()
    {
        table.Write("file,note,smiling,age,split\nb/2.png,x,1,30,train\n1.png,y,0,,train\n3.png,,1,50,test\n");
        Put(("1.png", 10), ("b/2.png", 20), ("3.png", 30));
        var splits = Load();
        Assert.Equal([2, 3, 2, 2], splits.Train.Inputs.shape);
        Assert.Equal(["b/2.png", "1.png"], splits.Train.Ids!);
        var reader = new ImageReader(2);
        Assert.Equal(
            Table.Rows(reader.Read([Path("b/2.png"), Path("1.png"), Path("3.png")])),
            Table.Rows(splits.Train.Inputs).Concat(Table.Rows(splits.Test.Inputs)));
        Assert.Equal([[1, 30], [0, float.NaN]], Table.Rows(splits.Train.Labels));
        Assert.Equal(0, splits.Validation.Count);
        Assert.True(splits.SharedTest);
    }

    [Fact]
    public void TheFolderTheColumnAndTheSideAreDeclared()
    {
        var declared = Faces.Descriptor.Dataset().Declared;
        Assert.Equal(("photos", "file", "2", "0.5"),
            (declared["Named.Path"], declared["Named.Column"], declared["Named.Side"], declared["Partition.Train"]));
        Assert.Equal("faces.csv", declared["Path"]);
    }

    /// <summary>Rows of one task each have images too.</summary>
    [Fact]
    public void ARowMayBeOfOneTask()
    {
        table.Write("file,of,y,split\n1.png,smiling,1,train\n1.png,age,0,train\n2.png,age,1,test\n");
        Put(("1.png", 10), ("2.png", 20));
        var splits = new PerTaskTableDataset(
            Declared with { Tasks = [new("smiling", TaskKind.Binary), new("age", TaskKind.Binary)], Task = "of", Label = "y" },
            Images).Load(new(table.Folder, 1));
        Assert.Equal([0, 1], splits.Train.Owner!.data<long>().ToArray());
        Assert.Equal([1, 3, 2, 2], splits.Test.Inputs.shape);
    }

    [Fact]
    public void AnImageThatIsNotThereIsNamedWithItsLine()
    {
        table.Write("file,smiling,age,split\n1.png,1,30,train\n2.png,0,20,test\n");
        Put(("1.png", 10));
        Assert.Equal("t.csv: line 3: there is no image '2.png' in photos: correct the name, or copy the file there", Refused());
        table.Write("file,smiling,age,split\n1.png,1,30,train\n,0,20,test\n");
        Assert.Equal("t.csv: line 3: the column 'file' is empty: name the input of the row, or drop the row", Refused());
        table.Write("image,smiling,age,split\n1.png,1,30,train\n");
        Assert.StartsWith("t.csv: there is no column 'file'", Refused());
        table.Write("file,smiling,age,split\n1.png,1,30,train\n1.png,0,20,test\n");
        Assert.Contains("1.png", Assert.Throws<DataException>(() => SampleChecks.RequireDisjoint(Load())).Message);
    }

    [Fact]
    public void AnExperimentIsTrainedOnTheImagesOfItsTable()
    {
        PutFaces();
        Assert.Equal(["Path", "Train", "Validation", "Folds", "Seed"], Faces.Descriptor.Dataset().Options);
        var splits = Faces.Descriptor.Dataset().Load(new(table.Folder, 1));
        Assert.Equal((8, 4, 4), (splits.Train.Count, splits.Validation.Count, splits.Test.Count));
        var result = SavedModel.Train(
            Faces.Descriptor with { Dataset = () => new WithinFolder(table.Folder, Faces.Descriptor.Dataset()) }, "Plain", epochs: 2);
        using var model = Faces.Plain.Load(models.Write(result.Model!));
        Assert.Equal(4, model.Predict(splits.Test.Inputs).Age.Value.Length);
    }

    /// <summary>The verb predict takes a folder of images, of which it reads those below it too, and writes their paths.</summary>
    [Fact]
    public async Task AFolderOfImagesIsPredicted()
    {
        PutFaces();
        Put(("new/b,1.png", 70), ("new/.hidden/c.png", 80));
        File.WriteAllText(Path("new/readme.txt"), "not an image");
        var run = TrainedRun.Make(
            models, Faces.Descriptor with { Dataset = () => new WithinFolder(table.Folder, Faces.Descriptor.Dataset()) }, 1, "Plain");
        string[] line = ["predict", run, "--variant", "Plain", "--output", models.File("out.csv"), "--input"];
        Assert.StartsWith("1 row predicted", await TrainedRun.Invoke(Faces.Descriptor, [.. line, Path("new")]));
        var answers = CsvFile.Read(models.File("out.csv"));
        Assert.Equal("b,1.png", Assert.Single(answers.Texts("id")));
        using var model = Faces.Plain.Load(System.IO.Path.Combine(run, "cells", "Plain-1"));
        Assert.Equal(
            model.Predict(new ImageReader(2).Read([Path("new/b,1.png")])).Age.Value, answers.Numbers("Age.value"));
        await TrainedRun.Invoke(Faces.Descriptor, [.. line, Path("3.png")]);
        Assert.Equal("3.png", Assert.Single(CsvFile.Read(models.File("out.csv")).Texts("id")));
        Directory.CreateDirectory(Path("none"));
        Assert.Equal(
            $"{Path("none")}: there is no PNG or JPEG file in this folder: name one that has the images",
            (await Assert.ThrowsAsync<DataException>(() => TrainedRun.Invoke(Faces.Descriptor, [.. line, Path("none")]))).Message);
    }

    private static ImageColumn Images => new("photos", "file", 2);

    private Splits Load() => new TableDataset(Declared, Images).Load(new(table.Folder, 1));

    private string Refused() => Assert.Throws<DataException>(() => Load()).Message
        .Replace(table.Folder + System.IO.Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    private string Path(string name) => System.IO.Path.Combine(table.Folder, "photos", name);

    private void PutFaces()
    {
        var rows = Enumerable.Range(0, 16).Select(i => $"{i}.png,{i % 2},{10 + i}").ToList();
        table.Write("file,smiling,age\n" + string.Join('\n', rows), "faces.csv");
        Put([.. Enumerable.Range(0, 16).Select(i => ($"{i}.png", 10 * i))]);
    }

    private void Put(params (string Name, int Value)[] images)
    {
        foreach (var (name, value) in images)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(name))!);
            File.WriteAllBytes(Path(name), Pictures.Png(2, 2, (x, y) => (value, 20 * x, 20 * y)));
        }
    }
}
