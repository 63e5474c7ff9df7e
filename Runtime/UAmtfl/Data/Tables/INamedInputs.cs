using static TorchSharp.torch;

namespace UAmtfl.Data.Tables;

/// <summary>Reads inputs that a column of a table only names, such as the files of photographs.</summary>
public interface INamedInputs
{
    /// <summary>The name of the column.</summary>
    string Column { get; }

    /// <summary>What the declaration of the experiment states of the inputs, by the names of options
    /// (<see cref="IDataset.Declared"/>); empty by default.</summary>
    IReadOnlyDictionary<string, string> Declared => new Dictionary<string, string>();

    /// <summary>Reads the inputs of rows.</summary>
    /// <param name="rows">The rows of a split; there may be none.</param>
    /// <param name="folder">The folder given with <c>--data</c>; null for none.</param>
    /// <returns>The inputs [N, …], float32, in the order of the rows.</returns>
    /// <exception cref="DataException">An input cannot be read; the message says which, and where the table names it.</exception>
    Tensor Read(IReadOnlyList<NamedInput> rows, string? folder);
}

/// <summary>The name of the input of a row.</summary>
/// <param name="Name">The value in the column.</param>
/// <param name="Place">The file and the line of the row, for messages.</param>
public readonly record struct NamedInput(string Name, string Place);
