using Microsoft.CodeAnalysis;

namespace UAmtfl.Generators.Models;

/// <summary>The model of an enum that is one task of a hierarchy.</summary>
/// <param name="Members">The names of its members, which are its classes in the order of the labels.</param>
/// <param name="Parent">The name of the task above it; null for a root.</param>
/// <param name="Class">The class of the task above that a row has if it has one of these classes.</param>
internal sealed record HierarchyModel(EquatableArray<string> Members, string? Parent = null, int Class = 0)
{
    /// <summary>The accessibility of the enum.</summary>
    public Accessibility Access { get; init; } = Accessibility.Public;

    /// <summary>The number of classes, with the one of rows that have none of the members (N/A), which is the last.</summary>
    public int Classes => Members.Count + (Parent is null ? 0 : 1);
}
