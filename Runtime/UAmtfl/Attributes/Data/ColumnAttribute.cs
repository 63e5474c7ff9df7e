namespace UAmtfl;

/// <summary>Says which column of a <see cref="TableAttribute"/> has the labels of a task, on a member of the enum. With
/// <see cref="TableAttribute.Task"/> it says which value of that column names the task.</summary>
/// <param name="name">The name of the column, or null for that of the member.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ColumnAttribute(string? name = null) : Attribute
{
    /// <summary>The name of the column, or null for that of the member.</summary>
    public string? Name { get; } = name;

    /// <summary>The values of the column in the order of the labels 0, 1, …, if it is not that of their code points: <c>Classes =
    /// ["low", "middle", "high"]</c>. Of a binary task the second is label 1.</summary>
    public string[] Classes { get; init; } = [];
}
