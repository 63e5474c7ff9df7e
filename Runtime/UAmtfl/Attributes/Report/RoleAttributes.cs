namespace UAmtfl;

/// <summary>Marks the variant that the report measures transfer against: a task whose error is larger than with this variant suffers
/// negative transfer.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BaselineAttribute : Attribute;

/// <summary>Marks the variant that the experiment is about, which the report compares with every other variant.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ProposedAttribute : Attribute;

/// <summary>Marks an ablation, which the report shows apart from the methods that are compared.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ControlAttribute : Attribute;

/// <summary>Marks a variant that is trained only because others start from it (<see cref="StartFromAttribute"/>). It is trained when one
/// of these is, and is in no table of the report.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PreTrainingAttribute : Attribute;

/// <summary>Marks a variant that is trained only when the command line names it with <c>--variant NAME</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnRequestAttribute : Attribute;
