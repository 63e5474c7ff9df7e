namespace UAmtfl;

/// <summary>A family of regression tasks whose names stand in a file, one a line: 181 drugs, 139 schools. The generator makes an enum
/// of them, and the outputs, losses and so on of a task are found by its member: <c>outputs[Drug.Erlotinib]</c>.</summary>
/// <param name="name">The name of the enum.</param>
/// <param name="file">A file of the project whose name ends in <c>.tasks.txt</c> (or the end of its path); blank lines and lines that
/// start with # are left out. The order is that of the data set's labels.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RegressionFamilyAttribute(string name, string file) : Attribute
{
    /// <summary>The name of the enum.</summary>
    public string Name { get; } = name;

    /// <summary>The file that names the tasks.</summary>
    public string File { get; } = file;
}

/// <summary>A family of binary tasks whose names stand in a file, one a line: 128 assays. See <see cref="RegressionFamilyAttribute"/>.</summary>
/// <param name="name">The name of the enum.</param>
/// <param name="file">A file of the project whose name ends in <c>.tasks.txt</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BinaryFamilyAttribute(string name, string file) : Attribute
{
    /// <summary>The name of the enum.</summary>
    public string Name { get; } = name;

    /// <summary>The file that names the tasks.</summary>
    public string File { get; } = file;
}
