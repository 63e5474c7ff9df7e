namespace UAmtfl;

/// <summary>Marks a further variant, beside the <see cref="BaselineAttribute"/>, that the report counts negative transfer against, such as
/// single-task learning. Several variants may have it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReferenceAttribute : Attribute;
