namespace UAmtfl.Data.Tables;

/// <summary>What a declaration says of the columns of a table.</summary>
/// <param name="Tasks">The tasks as declared, each with the name of its column or, if each row is of one task, of its value.</param>
/// <param name="Inputs">The names or patterns of the inputs; empty for all columns without another role.</param>
/// <param name="Ignore">The names or patterns of columns that are not read.</param>
/// <param name="Categories">The names or patterns of inputs whose values are categories, also if they are numbers.</param>
/// <param name="Id">The column with an identifier of each row; null for none.</param>
/// <param name="Task">The column that says which task a row is of; null if each row has all labels.</param>
/// <param name="Label">The column with the label, if each row is of one task; null otherwise.</param>
/// <param name="Group">The column whose rows with one value are in one split; null for none.</param>
/// <param name="Split">The column that says which split a row is of; null for none.</param>
/// <param name="Stratify">The column whose values are equally frequent in all splits; null for none.</param>
/// <param name="Images">The column that names the image of each row, which is then its only input; null for none.</param>
internal sealed record TableNaming(
    IReadOnlyList<string> Tasks, IReadOnlyList<string> Inputs, IReadOnlyList<string> Ignore, IReadOnlyList<string> Categories,
    string? Id, string? Task, string? Label, string? Group, string? Split, string? Stratify, string? Images);

/// <summary>The places of the columns of a table that a declaration names.</summary>
internal sealed class TableRoles
{
    private readonly ColumnNames names;
    private readonly Action<string, string> problem;

    private TableRoles(ColumnNames names, Action<string, string> problem) => (this.names, this.problem) = (names, problem);

    /// <summary>The column of each task, in the order of declaration; −1 for one that is not there. Empty if each row is of one
    /// task.</summary>
    public IReadOnlyList<int> Labels { get; private set; } = [];

    /// <summary>The columns of the inputs, in the order in which the network takes them; empty if the inputs are images.</summary>
    public IReadOnlyList<int> Inputs { get; private set; } = [];

    /// <summary>The inputs whose values are categories, also if they are numbers.</summary>
    public HashSet<int> Categories { get; } = [];

    /// <summary>The column with an identifier of each row; −1 for none.</summary>
    public int Id { get; private set; } = -1;

    /// <summary>The column that says which task a row is of; −1 for none.</summary>
    public int Task { get; private set; } = -1;

    /// <summary>The column with the label of a row that is of one task; −1 for none.</summary>
    public int Label { get; private set; } = -1;

    /// <summary>The column whose rows with one value are in one split; −1 for none.</summary>
    public int Group { get; private set; } = -1;

    /// <summary>The column that says which split a row is of; −1 for none.</summary>
    public int Split { get; private set; } = -1;

    /// <summary>The column whose values are equally frequent in all splits; −1 for none.</summary>
    public int Stratify { get; private set; } = -1;

    /// <summary>The column that names the image of each row; −1 for none.</summary>
    public int Images { get; private set; } = -1;

    /// <summary>Finds the columns that a declaration names.</summary>
    /// <param name="naming">The declaration.</param>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="problem">Takes each problem: the option with the name, or the name of the task, and what is wrong.</param>
    public static TableRoles Of(TableNaming naming, IReadOnlyList<string> columns, Action<string, string> problem)
    {
        var roles = new TableRoles(new(columns), problem);
        roles.Read(naming);
        return roles;
    }

    private void Read(TableNaming naming)
    {
        Id = One(nameof(naming.Id), naming.Id);
        Task = One(nameof(naming.Task), naming.Task);
        Label = One(nameof(naming.Label), naming.Label);
        Group = One(nameof(naming.Group), naming.Group);
        Split = One(nameof(naming.Split), naming.Split);
        Stratify = One(nameof(naming.Stratify), naming.Stratify);
        Images = One(nameof(naming.Images), naming.Images);
        Labels = naming.Task is null ? [.. naming.Tasks.Select(t => One(t, t))] : [];
        List<int> ignored = Several(nameof(naming.Ignore), naming.Ignore);
        if (naming.Images is not null)
        {
            return;
        }

        Categories.UnionWith(Several(nameof(naming.Categories), naming.Categories));
        HashSet<int> taken = [.. Labels, Id, Task, Label, Group, Split];
        foreach (var name in naming.Inputs.Where(n => n.IndexOf('*') < 0 && taken.Contains(names.Find(n)) && names.Find(n) >= 0))
        {
            problem(nameof(naming.Inputs), $"'{name}' is a label or has another role: leave it out of the inputs");
        }

        var stated = naming.Inputs.Count > 0 ? Several(nameof(naming.Inputs), naming.Inputs) : [.. Enumerable.Range(0, names.All.Count)];
        taken.UnionWith(ignored);
        Inputs = [.. stated.Where(c => !taken.Contains(c))];
        CheckInputs(nameof(naming.Inputs));
    }

    private void CheckInputs(string option)
    {
        if (Inputs.Count == 0)
        {
            problem(option, "no column is left for the inputs: name one");
        }

        foreach (var unnamed in Inputs.Where(c => names.All[c].Length == 0))
        {
            problem(
                option,
                $"column {unnamed + 1} has no name, as one of row numbers that pandas or R writes: "
                    + "name it, or leave it out with Ignore = [\"\"]");
        }
    }

    private int One(string option, string? name)
    {
        if (name is null)
        {
            return -1;
        }

        var place = names.Find(name);
        if (place < 0)
        {
            problem(option, $"there is no column '{name}'; {names.Hint(name)}");
        }

        return place;
    }

    private List<int> Several(string option, IReadOnlyList<string> patterns)
    {
        var (found, seen) = (new List<int>(), new HashSet<int>());
        foreach (var pattern in patterns)
        {
            var matched = names.Match(pattern);
            if (matched.Count == 0)
            {
                problem(option, pattern.IndexOf('*') < 0
                    ? $"there is no column '{pattern}'; {names.Hint(pattern)}"
                    : $"no column is named like '{pattern}'; {names.Known}");
            }

            found.AddRange(matched.Where(seen.Add));
        }

        return found;
    }
}
