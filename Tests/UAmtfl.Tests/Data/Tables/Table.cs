using System.Text;
using UAmtfl.Data;
using UAmtfl.Data.Tables;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Data.Tables;

/// <summary>A table of a test, in a folder of its own.</summary>
internal sealed class Table : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly IDisposable scope = NewDisposeScope();

    /// <summary>A declaration of one regression y, without standardising, which a test changes.</summary>
    public static readonly TableDeclaration Plain = new()
    {
        Path = "t.csv", Tasks = [new("y", TaskKind.Regression)], Standardise = false, Partition = new() { Seed = 1 },
    };

    public string Folder => folder.Path;

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    public string Path(string name) => folder.File(name);

    public string Write(string text, string name = "t.csv") => folder.Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(byte[] bytes, string name = "t.csv") => folder.WriteRaw(name, bytes);

    /// <summary>Loads the table.</summary>
    public Splits Load(TableDeclaration declaration, int seed = 1, params (string Name, string Value)[] options) =>
        (declaration.Task is null ? new TableDataset(declaration) : new PerTaskTableDataset(declaration))
            .Load(new(folder.Path, seed, options.ToDictionary(o => o.Name, o => o.Value)));

    /// <summary>Returns the message with which a table is refused, without its folder.</summary>
    public string Refused(TableDeclaration declaration, int seed = 1, params (string Name, string Value)[] options)
    {
        var message = Assert.Throws<DataException>(() => Load(declaration, seed, options)).Message;
        Assert.DoesNotContain('\n', message);
        return message.Replace(folder.Path + System.IO.Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
    }

    /// <summary>Returns the rows of all splits, those of the training first.</summary>
    public static float[][] Inputs(Splits splits) =>
        [.. new[] { splits.Train, splits.Validation, splits.Test }.SelectMany(s => Rows(s.Inputs))];

    /// <summary>Returns the rows of a matrix.</summary>
    public static float[][] Rows(Tensor matrix) =>
        [.. Enumerable.Range(0, (int)matrix.shape[0]).Select(i => matrix[i].reshape(-1).data<float>().ToArray())];
}
