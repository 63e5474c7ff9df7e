namespace UAmtfl;

/// <summary>A further variant that the report counts negative transfer against, beside the <see cref="BaselineAttribute"/>: single-task
/// learning of one kind or another. Several variants may have it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReferenceAttribute : Attribute;
