namespace UAmtfl.Data;

/// <summary>A variable of a MAT-file, or a cell of one, whose numbers have not been read yet.</summary>
/// <param name="reader">The reader of the file.</param>
/// <param name="name">The name of the variable; empty for a cell.</param>
/// <param name="type">The number of MATLAB's class.</param>
/// <param name="complex">True if the numbers have an imaginary part.</param>
/// <param name="shape">The sizes of the dimensions.</param>
/// <param name="start">The position of the first byte of the content.</param>
/// <param name="end">The position after the last byte of the content.</param>
internal sealed class MatArray(MatReader reader, string name, int type, bool complex, int[] shape, int start, int end)
{
    /// <summary>The numbers of MATLAB's classes: 1 for cells, 5 for sparse matrices, 6 for double, 15 for the last numeric
    /// class.</summary>
    public const int Cell = 1, Sparse = 5, Double = 6, LastNumeric = 15;

    private static readonly string[] Classes = ["", "cell array", "struct", "object", "character array", "sparse matrix"];

    /// <summary>The name of the variable.</summary>
    public string Name => name;

    private long Count => shape.Aggregate(1L, (a, b) => Math.Min(a * b, int.MaxValue));

    /// <summary>Reads a full real matrix.</summary>
    /// <exception cref="DataException">The variable is something else.</exception>
    public MatMatrix ToMatrix() => ToMatrix($"variable '{name}'");

    /// <summary>Reads a cell array of full real matrices.</summary>
    /// <exception cref="DataException">The variable is something else.</exception>
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
