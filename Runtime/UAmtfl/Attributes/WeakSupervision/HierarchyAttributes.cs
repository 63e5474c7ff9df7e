namespace UAmtfl;

/// <summary>Makes an enum one task, whose classes are its members, and the root of a hierarchy of such tasks
/// (<see cref="UnderAttribute"/>).</summary>
/// <remarks>The task is a classification. Its labels are 0, 1, … in the order of the members.</remarks>
[AttributeUsage(AttributeTargets.Enum)]
public sealed class HierarchyAttribute : Attribute;

/// <summary>Makes an enum one task that only rows of one class of another task have: <c>[Under(nameof(Entity.Person))]</c> on
/// <c>enum Profession { Doctor, Lawyer }</c>.</summary>
/// <param name="member">The name of the class, a member of another enum with <see cref="HierarchyAttribute"/> or
/// <see cref="UnderAttribute"/>.</param>
/// <remarks>The task is a classification with one class more than the enum has members. The last class says that the row has no such
/// label (N/A), so that every row has a label for every task. The label vectors that this allows are the feasible ones of Ratner et al.
/// 2019, <i>Training complex models with multi-task weak supervision</i>.</remarks>
[AttributeUsage(AttributeTargets.Enum)]
public sealed class UnderAttribute(string member) : Attribute
{
    /// <summary>The name of the class of the other task.</summary>
    public string Member { get; } = member;
}
