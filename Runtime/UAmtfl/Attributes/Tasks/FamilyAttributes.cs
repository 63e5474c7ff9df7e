namespace UAmtfl;

/// <summary>Declares many regression tasks whose names are the lines of a file, such as 181 drugs. The generator makes an enum of them,
/// whose members index outputs, losses and so on: <c>outputs[Drug.Erlotinib]</c>.</summary>
/// <param name="name">The name of the enum.</param>
/// <param name="file">The path, or the end of the path, of a file of the project whose name ends in <c>.tasks.txt</c>. Blank lines and
/// lines that start with # are left out; the other lines are in the order of the data set's labels.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RegressionFamilyAttribute(string name, string file) : RegressionLossAttribute
{
    /// <summary>The name of the enum.</summary>
    public string Name { get; } = name;

    /// <summary>The file that names the tasks.</summary>
    public string File { get; } = file;
}

/// <summary>Declares many binary tasks whose names are the lines of a file, such as 128 assays. The generator makes an enum of
/// them, as for <see cref="RegressionFamilyAttribute"/>.</summary>
/// <param name="name">The name of the enum.</param>
/// <param name="file">The path, or the end of the path, of a file of the project whose name ends in <c>.tasks.txt</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BinaryFamilyAttribute(string name, string file) : BinaryLossAttribute
{
    /// <summary>The name of the enum.</summary>
    public string Name { get; } = name;

    /// <summary>The file that names the tasks.</summary>
    public string File { get; } = file;
}
