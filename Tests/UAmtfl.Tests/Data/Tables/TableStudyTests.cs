using UAmtfl.Data;
using UAmtfl.Data.Tables;
using UAmtfl.Models;
using UAmtfl.Tests.Exporting;

namespace UAmtfl.Tests.Data.Tables;

/// <summary>The example of a table in the documentation.</summary>
[Experiment("patients", Seeds = 5)]
[Table("patients.csv", Id = "patient", Missing = MissingInputs.Mean)]
[Partition(Stratify = "relapse", Group = "hospital")]
[Training(Epochs = 30, BatchSize = 32)]
public static partial class Patients
{
    public enum Outcome
    {
        [Binary] Relapse,
        [Regression, Column("days in hospital")] Days,
        [Classification(3)] Stage,
    }

    [Input(6), Linear(16), ReLU]
    public partial class Net;

    [Baseline, SingleTask]
    public partial class Alone;

    [HardSharing]
    public partial class Shared;
}

/// <summary>An experiment with a table is trained, and its model reads the same columns when it predicts.</summary>
public sealed class TableStudyTests : IDisposable
{
    private const string Header = "stage,marker_2,smokes,extra,sex,age,marker_1\n";

    private readonly Table table = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        folder.Dispose();
        table.Dispose();
    }

    [Fact]
    public void TheDeclarationIsThatOfTheAttributes()
    {
        var dataset = Assert.IsType<TableDataset>(Patients.Descriptor.Dataset());
        using var splits = dataset.Load(new(null, 1));
        SampleChecks.RequireDisjoint(splits);
        Assert.Equal([90, 30, 30], new[] { splits.Train.Count, splits.Validation.Count, splits.Test.Count });
        Assert.Equal([6], splits.Train.Inputs.shape[1..]);
        Assert.Equal(["age", "sex", "smokes", "marker_1", "marker_2"], splits.Table!.Columns.Select(c => c.Name));
        Assert.Equal(["I", "II", "III"], splits.Table.Classes["stage"]);
        Assert.Equal(
            ["Path", "Train", "Validation", "Folds", "Seed", "Missing", "Standardise"], ((IDataset)dataset).Options);
    }

    [Fact]
    public void AModelReadsTheColumnsOfTheTrainingByName()
    {
        var description = Trained(out var path);
        var (rows, ids, origin) = description.Table!.Read(table.Write(Header + "I,0.5,true,x,f,50,-1\nII,,false,y,m,60,NA\n"));
        Assert.Null(ids);
        Assert.Equal($"{table.Path("t.csv")}: line 3, column 'marker_1'", origin.Input(1, 4));
        Assert.Equal([[50f, 1, 0, 1, -1, 0.5f], [60, 0, 1, 0, float.NaN, float.NaN]], Table.Rows(rows));
        using var model = Patients.Shared.Load(path);
        var predicted = model.Predict(rows);
        Assert.Equal(2, predicted.Relapse.Probability.Length);
        Assert.All(predicted.Days.Value, value => Assert.True(double.IsFinite(value)));

        // A missing value is that of the mean over the training rows.
        var fill = (FilledColumns)ModelReader.Read(path, Patients.Descriptor, SavedModel.Variant(Patients.Descriptor, "Shared"))
            .Transforms.Inputs[0];
        var filled = model.Predict([[60f, 0, 1, 0, (float)fill.Values[4], (float)fill.Values[5]]]);
        Assert.Equal(predicted.Relapse.Probability[1], filled.Relapse.Probability[0], 1e-6);
    }

    /// <summary>Predictions are written with the identifiers of the rows, if the file has them.</summary>
    [Fact]
    public void AFileWithIdentifiersGivesThem()
    {
        var file = table.Write("patient," + Header + "p2,I,0.5,true,x,f,50,-1\n007,II,1,false,y,m,60,2\n,I,1,true,x,f,60,2\n");
        Assert.Equal(["p2", "007", ""], Trained(out _).Table!.Read(file).Ids!);
    }

    /// <summary>An exported model takes NaN for a missing input, because its file replaces it.</summary>
    [Fact]
    public void AnExportedModelReplacesMissingInputs()
    {
        var description = Trained(out var path);
        var rows = description.Table!.Read(table.Write(Header + "I,0.5,true,x,f,50,-1\nII,,false,y,,60,NA\nI,1,true,x,f,,2\n")).Values;
        using var model = ModelReader.Read(path, Patients.Descriptor, SavedModel.Variant(Patients.Descriptor, "Shared"));
        using var exported = OnnxRun.Of(model, folder);
        Exported.AssertSame(model.Predict(rows), exported.Predict(rows), exported, constant: false);
    }

    [Theory]
    [InlineData(
        "I,1,true,x,d,50,1\n", "t.csv: line 2, column 'sex': 'd' is a category that the training had not, 'f', 'm': mend the field, or "
            + "train with Unknown = UnknownCategories.Column")]
    [InlineData("I,1,true,x,f,old,1\n", "t.csv: column 'age' had numbers in the training, and line 2 has 'old': mend it")]
    [InlineData("I,1,1,x,f,50,1\n", "t.csv: column 'smokes' had true or false in the training, and here it has the other: mend it")]
    public void ATableThatTheModelCannotTakeIsRefused(string row, string message)
    {
        var description = Trained(out _);
        var error = Assert.Throws<DataException>(() => description.Table!.Read(table.Write(Header + row)));
        Assert.Equal(message, error.Message.Replace(table.Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
        Assert.Contains(
            "there is no column 'age', which the model takes",
            Assert.Throws<DataException>(() => description.Table!.Read(table.Write("x\n1\n"))).Message);
    }

    [Fact]
    public void AModelWithoutAReplacementNeedsEveryValue()
    {
        table.Write("x,y\n1,2\n2,3\n3,4\n4,5\n5,6\n");
        var inputs = table.Load(Table.Plain).Table!;
        var error = Assert.Throws<DataException>(() => inputs.Read(table.Write("x\n1\nNA\n", "new.csv")));
        Assert.Equal(
            $"{table.Path("new.csv")}: line 3, column 'x': the value is missing, and the model was trained with Missing = Error: fill it "
                + "in or leave the row out",
            error.Message);
    }

    [Fact]
    public void CategoriesAndRulesAreInTheModelsDescription()
    {
        var description = Trained(out _);
        var again = ModelDescription.FromBytes(description.ToBytes());
        Assert.Equal(description.ToBytes(), again.ToBytes());
        Assert.Equal(["f", "m"], again.Table!.Columns.Single(c => c.Name == "sex").Categories);
        Assert.Equal(MissingInputs.Mean, again.Table.Missing);
        Assert.Equal(FieldRules.DefaultMarkers, again.Table.Format.Markers);
    }

    private ModelDescription Trained(out string path)
    {
        var result = SavedModel.Train(Patients.Descriptor, "Shared");
        path = folder.Write(result.Model!);
        return ModelDescription.FromBytes(result.Model!.Description);
    }
}
