namespace UAmtfl.Data;

/// <summary>A variable of a MAT-file, or a cell of one, whose numbers are not read yet.</summary>
/// <param name="reader">Reads the file.</param>
/// <param name="name">The variable's name; empty for a cell.</param>
/// <param name="type">MATLAB's class.</param>
/// <param name="complex">True if there is an imaginary part.</param>
/// <param name="shape">The dimensions.</param>
/// <param name="start">Where its content begins.</param>
/// <param name="end">Where it ends.</param>
internal sealed class MatArray(MatReader reader, string name, int type, bool complex, int[] shape, int start, int end)
{
    /// <summary>The numbers of MATLAB's classes: cell is 1, sparse 5, double 6, and the numeric ones end with 15.</summary>
    public const int Cell = 1, Sparse = 5, Double = 6, LastNumeric = 15;

    private static readonly string[] Classes = ["", "cell array", "struct", "object", "character array", "sparse matrix"];

    /// <summary>The name of the variable.</summary>
    public string Name => name;

    private long Count => shape.Aggregate(1L, (a, b) => Math.Min(a * b, int.MaxValue));

    /// <summary>Reads a full real matrix.</summary>
    /// <exception cref="DataException">It is something else.</exception>
    public MatMatrix ToMatrix() => ToMatrix($"variable '{name}'");

    /// <summary>Reads a cell array of full real matrices.</summary>
    /// <exception cref="DataException">It is something else.</exception>
    public IReadOnlyList<MatMatrix> ToCells()
    {
        if (type != Cell)
        {
            throw Refuse($"variable '{name}'", "a cell array");
        }

        var cells = new List<MatMatrix>();
        for (var position = start; cells.Count < Count;)
        {
            var element = reader.Within(ref position, end);
            var what = $"cell {cells.Count + 1} of variable '{name}'";
            cells.Add(element.Type == MatReader.Matrix
                ? reader.Array(element.Start, element.Length).ToMatrix(what)
                : throw new DataException(
                    $"{reader.Source}: {what} is an element of type {element.Type}, expected {MatReader.Matrix}: the file is damaged; " +
                    "fetch it again"));
        }

        return cells;
    }

    private MatMatrix ToMatrix(string what)
    {
        if (type is < Double or > LastNumeric || complex)
        {
            throw Refuse(what, "a full real matrix");
        }

        if (start == end)
        {
            return Count == 0
                ? new MatMatrix(shape, [])
                : throw new DataException($"{reader.Source}: {what} has no numbers: the file is damaged; fetch it again");
        }

        var position = start;
        return new(shape, reader.Numbers(reader.Within(ref position, end), Count, what));
    }

    private DataException Refuse(string what, string wanted)
    {
        var found = complex ? "a complex matrix"
            : type < Double ? $"a {Classes[type]}"
            : type <= LastNumeric ? "a matrix"
            : "a function handle or an object";
        return new(
            $"{reader.Source}: {what} is {found}, expected {wanted}: convert it in MATLAB{(type == Sparse ? " with full" : "")} and " +
            "save it again");
    }
}
